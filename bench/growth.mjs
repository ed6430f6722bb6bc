// Measures how fauxdr scales with one quantity, and prints one JSON line: `node --expose-gc bench/growth.mjs targets`
// Each quantity gets its own process: the garbage of one would count as the next one's.
import { startMock } from "../dist/index.js";
import { bodyFor, HEADERS } from "./call.mjs";
import { bytesOf, load } from "./load.mjs";

const CALLS = 300;
const JOURNAL = 2_000;
const mb = (part = "rss") => {
  for (let time = 0; time < 3; time++) globalThis.gc?.();
  return process.memoryUsage()[part] / 1024 ** 2;
};

/** Median milliseconds per call, over one connection. */
async function median(port, ...calls) {
  await load(port, 1, CALLS, calls);
  return (await load(port, 1, CALLS, calls)).p50;
}

async function targets(mock) {
  const ids = mock.store.all({ name: "cortex.endpoints" }).map(({ id }) => id);
  // Reserved endpoints would force an error response.
  const plain = ids.filter((id) => !id.startsWith("facade"));
  const some = (count) => bytesOf({ body: bodyFor(plain.slice(0, count)) });
  return {
    "1 target": await median(mock.port, some(1)),
    "1000 targets": await median(mock.port, some(1000)),
  };
}

async function actions(mock) {
  const table = { name: "cortex.actions", key: ({ id }) => id };
  await load(mock.port, 1, 1);
  const [made] = mock.store.all(table);
  const before = mb();
  const status = bytesOf({
    path: "/public_api/v1/actions/get_action_status",
    body: JSON.stringify({ request_data: { group_action_id: Number(made.id) } }),
  });
  const found = {};
  let count = 1;
  for (const many of [10, 1_000, 100_000, 1_000_000]) {
    // Separate objects, as separate calls would make them.
    for (; count < many; count++) {
      const [target] = made.targets;
      mock.store.put(table, { ...made, id: `${count + 10_000}`, targets: [{ ...target }] });
    }
    found[`${many} actions`] = await median(mock.port, status);
  }
  return { ...found, "MB of 1000000 actions": mb() - before };
}

async function tenants(mock) {
  const call = ({ credentials }) => {
    const { values } = credentials.cortex[0];
    const headers = { "x-xdr-auth-id": values["x-xdr-auth-id"], authorization: values.key };
    return bytesOf({ headers: { ...HEADERS, ...headers } });
  };
  const alone = await median(mock.port, call(mock));
  const before = mb("heapUsed");
  const begun = performance.now();
  let all = [];
  for (let made = 0; made < 100; made++) all.push(await mock.tenant());
  const each = (performance.now() - begun) / 100;
  const kb = ((mb("heapUsed") - before) / 100) * 1024;
  const many = await median(mock.port, ...all.map(call));
  const calls = all.map(call);
  await load(mock.port, 8, 10_000, calls);
  const used = mb("heapUsed") - before;
  for (const { name } of all)
    await fetch(`${mock.url}/__admin/tenants/${name}`, { method: "DELETE" });
  all = [];
  return {
    "1 tenant": alone,
    "100 tenants": many,
    "ms to make a tenant": each,
    "KB of a tenant": kb,
    "MB of 100 tenants after 10000 calls": used,
    "MB of them once deleted": mb("heapUsed") - before,
  };
}

async function journal(mock) {
  await load(mock.port, 1, CALLS);
  const empty = (await load(mock.port, 1, CALLS)).p50;
  await load(mock.port, 8, JOURNAL);
  return { "journal with room": empty, "journal full": (await load(mock.port, 1, CALLS)).p50 };
}

const GROWTHS = {
  targets: [targets, { fleet: 1000 }],
  actions: [actions, {}],
  tenants: [tenants, {}],
  journal: [journal, { journalEntries: JOURNAL }],
};
const [grow, options] = GROWTHS[process.argv[2]];
const mock = await startMock({ log: "none", ...options });
console.log(JSON.stringify(await grow(mock)));
process.exit();
