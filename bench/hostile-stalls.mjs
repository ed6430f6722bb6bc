// How long hostile or large work holds the event loop, for hostile.mjs: "16 ms of 230" is the longest turn, and all turns.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { AUTH, admin, json, post, QUARANTINE, stall, within } from "./hostile-server.mjs";

const MIB = 1024 * 1024;
const run = promisify(execFile);

/** The longest turn while a good key sends a body to an operation, in a server that has seen calls before. */
const stallOf = (dist, body, prepare = async () => {}) =>
  within(dist, [], async (server) => {
    for (let warm = 0; warm < 200; warm++)
      await post(server, QUARANTINE, "{}", { ...json, ...AUTH });
    await prepare(server);
    const send = () => post(server, QUARANTINE, body, { ...json, ...AUTH });
    const { stood, what } = await stall(server, send);
    return `${stood}, ${what.status}`;
  });

const twentyRules = async (server) => {
  for (let rule = 0; rule < 20; rule++) {
    await admin(server, "faults", {
      where: { "/request_data/x": { equals: rule } },
      fault: { kind: "html-page" },
    });
  }
};

const fleetOf = (dist, fleet) =>
  within(dist, [], async (server) => {
    const body = JSON.stringify({ name: "large", settings: { fleet } });
    return (await stall(server, () => post(server, "/__admin/tenants", body, json))).stood;
  });

/** The longest turn while something is done to a tenant of so many machines. */
const onFleet = (fleet, path, method) => (dist) =>
  within(dist, [], async (server) => {
    const body = JSON.stringify({ name: "large", settings: { fleet } });
    await post(server, "/__admin/tenants", body, json);
    const { stood, what } = await stall(server, async () => {
      const reply = await fetch(`${server.url}/__admin/tenants/large/${path}`, { method });
      let bytes = 0;
      for await (const chunk of reply.body) bytes += chunk.length;
      return bytes;
    });
    return `${stood}, ${(what / 1e6).toFixed(0)} MB`;
  });

/** A journal of so many calls: actions, each polled twice. */
async function fill(server, calls) {
  const body = JSON.stringify({
    request_data: {
      filters: [
        { field: "endpoint_id_list", operator: "in", value: ["facade00000000000000000000000001"] },
      ],
      file_path: "C:\\a.exe",
      file_hash: "a".repeat(64),
    },
  });
  for (let sent = 0; sent < calls; sent += 3) {
    const { text } = await post(server, QUARANTINE, body, { ...json, ...AUTH });
    const group_action_id = JSON.parse(text).reply.action_id;
    const poll = JSON.stringify({ request_data: { group_action_id } });
    for (let time = 0; time < 2; time++) await post(server, STATUS, poll, { ...json, ...AUTH });
  }
}

const STATUS = "/public_api/v1/actions/get_action_status";

/** The longest turn while somebody asks for something about ten thousand calls. */
const onJournal = (path) => (dist) =>
  within(dist, ["--journal-entries", "10000"], async (server) => {
    await fill(server, 10_000);
    const ask = () => fetch(`${server.url}${path}`).then((reply) => reply.text());
    return (await stall(server, ask)).stood;
  });

export const STALLS = {
  "6. 20 rules with where, one body of 1 MB: longest turn": (dist) =>
    stallOf(
      dist,
      JSON.stringify({ request_data: { hash_list: Array(14_000).fill("a".repeat(64)) } }),
      twentyRules,
    ),
  "6. refusal of 960 kB of numbers without an end: longest turn": (dist) =>
    stallOf(dist, `{"request_data":[${"1,".repeat(480_000)}1`),
  "6. refusal of 960 kB with two equal members at its end: longest turn": (dist) =>
    stallOf(dist, `{"request_data":[${'{"a":1},'.repeat(120_000)}1],"a":1,"a":1}`),
  "6. refusal of 980 kB of different names, of which the last is equal: longest turn": (dist) =>
    stallOf(dist, `{${Array.from({ length: 90_000 }, (_, at) => `"k${at}":1`).join()},"k1":2}`),
  "6. 1 MB of objects of one different name each: longest turn": (dist) =>
    stallOf(
      dist,
      `{"request_data":[${Array.from({ length: 75_000 }, (_, at) => `{"k${at}":1}`).join()}]}`,
    ),
  "6. 1 MB of integers that lose digits: longest turn": (dist) =>
    stallOf(
      dist,
      `{"request_data":{${Array.from({ length: 38_000 }, (_, at) => `"k${at}":9007199254740993`).join()}}}`,
    ),
  "6. login with 1 MB of different form fields: longest turn": (dist) =>
    within(dist, [], async (server) => {
      const body = Array.from({ length: 110_000 }, (_, at) => `k${at}=1`).join("&");
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const { stood, what } = await stall(server, () => post(server, "/auth", body, headers));
      return `${stood}, ${what.status}`;
    }),
  "6. 1 MB of [: CPU": (dist) =>
    within(dist, [], async (server) => {
      const before = server.cpu();
      const { status } = await post(server, QUARANTINE, "[".repeat(MIB - 1), { ...json, ...AUTH });
      return `${((server.cpu() - before) * 1000).toFixed(0)} ms (${status})`;
    }),
  "6. a tenant of 20000 machines: longest turn": (dist) => fleetOf(dist, 20_000),
  "6. a tenant of 100000 machines: longest turn": (dist) => fleetOf(dist, 100_000),
  "6. reset of a tenant of 20000 machines: longest turn": onFleet(20_000, "reset", "POST"),
  "6. reset of a tenant of 100000 machines: longest turn": onFleet(100_000, "reset", "POST"),
  "6. snapshot of a tenant of 20000 machines: longest turn": onFleet(20_000, "snapshot", "GET"),
  "6. snapshot of a tenant of 100000 machines: longest turn": onFleet(100_000, "snapshot", "GET"),
  "6. mock.inTurns with 100000 machines: longest turn": async (dist) => {
    const script = fileURLToPath(new URL("./hostile-library.mjs", import.meta.url));
    return (await run(process.execPath, [script, dist, "100000"])).stdout.trim();
  },
  "6. restore of a snapshot of 1 MB: longest turn": (dist) =>
    within(dist, ["--fleet", "550"], async (server) => {
      const url = `${server.url}/__admin/tenants/default/snapshot`;
      const body = await (await fetch(url)).text();
      const put = () => fetch(url, { method: "PUT", headers: json, body });
      await put();
      const { stood, what } = await stall(server, put);
      return `${stood}, ${body.length} bytes, ${what.status}`;
    }),
  "6. findings over 10000 calls: longest turn": onJournal("/__admin/findings"),
  "6. verdict on 10000 calls: longest turn": onJournal("/__admin/verdict"),
  "6. list of 10000 calls: longest turn": onJournal("/__admin/requests"),
};
