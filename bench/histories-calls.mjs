// The servers of histories.mjs, the calls to them, and a proxy that cuts connections.
import { request } from "node:http";
import { connect, createServer } from "node:net";
import { bodyFor, HEADERS, PATH } from "./call.mjs";
import { start } from "./process.mjs";
import { fauxdr } from "./servers.mjs";

export const serve = (store) => start((port) => [...fauxdr.command(port), "--store", store]);

/** The JSON of a reply. Undefined if the call failed in any way. */
const ask = (port, method, path, headers, body) =>
  new Promise((resolve) => {
    const options = { port, host: "127.0.0.1", method, path, headers, agent: false, timeout: 8000 };
    const call = request(options, (res) => {
      let text = "";
      res.on("data", (chunk) => {
        text += chunk;
      });
      res.on("end", () => resolve(res.statusCode < 300 ? JSON.parse(text) : undefined));
      res.on("error", () => resolve(undefined));
    });
    call.on("timeout", () => call.destroy());
    call.on("error", () => resolve(undefined));
    call.end(body);
  });

/** Two tenants, with the headers of their callers. */
export async function tenantsOf({ port }) {
  const json = { "content-type": "application/json" };
  const made = await ask(port, "POST", "/__admin/tenants", json, JSON.stringify({ name: "other" }));
  const { headers } = made.vendors.find(({ name }) => name === "cortex");
  return [
    { name: "default", headers: HEADERS },
    { name: "other", headers: { ...json, ...headers } },
  ];
}

/** Makes an action. Returns its id. */
export async function quarantine({ port }, { headers }) {
  const reply = await ask(port, "POST", PATH, headers, bodyFor());
  return reply && Number(reply.reply.action_id);
}

/** The ids of all actions of a tenant. */
export async function idsIn({ port }, { name }) {
  const reply = await ask(port, "GET", `/__admin/tenants/${name}/actions`, {});
  return reply?.actions.map(({ id }) => Number(id));
}

/** A proxy to Redis. `now` cuts all its connections. */
export async function cutter(to) {
  const open = new Set();
  const server = createServer((client) => {
    const redis = connect(to, "127.0.0.1");
    for (const [one, other] of [
      [client, redis],
      [redis, client],
    ]) {
      open.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const now = () => {
    for (const one of open) one.destroy();
  };
  const close = () => {
    now();
    server.close();
  };
  return { url: `redis://127.0.0.1:${server.address().port}/0`, now, close };
}
