// Servers with a store for store.mjs and store-limits.mjs, their tenants, and what Redis was asked.
import { request } from "node:http";
import { bodyFor, HEADERS } from "./call.mjs";
import { bytesOf } from "./load.mjs";
import { start } from "./process.mjs";
import { fauxdr } from "./servers.mjs";

export const serve = (flags) =>
  start((port) => [...fauxdr.command(port), "--tenant-limit", "100000", ...flags]);

/** The JSON of a reply of the control API. */
export const control = (port, method, path, body) =>
  new Promise((resolve, reject) => {
    const call = request({ port, host: "127.0.0.1", method, path: `/__admin${path}` }, (res) => {
      let text = "";
      res.on("data", (chunk) => {
        text += chunk;
      });
      res.on("end", () => resolve(JSON.parse(text)));
    });
    call.setHeader("content-type", "application/json");
    call.on("error", reject);
    call.end(body && JSON.stringify(body));
  });

/** Makes a tenant, and returns the bytes of a call to it. */
export async function callTo(port, name) {
  const { vendors } = await control(port, "POST", "/tenants", { name });
  const { headers } = vendors.find(({ name: vendor }) => vendor === "cortex");
  return bytesOf({ body: bodyFor(), headers: { ...HEADERS, ...lowered(headers) } });
}
const lowered = (headers) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** How many scripts Redis has run, and how many messages were published, also those of scripts. */
export async function asked({ look }) {
  const stats = await look.info("commandstats");
  const sum = (pattern) =>
    [...stats.matchAll(pattern)].reduce((total, [, calls]) => total + Number(calls), 0);
  return {
    scripts: sum(/cmdstat_eval(?:sha)?:calls=(\d+)/g),
    messages: sum(/cmdstat_publish:calls=(\d+)/g),
  };
}
