// Measures how fauxdr scales with one quantity, and prints one JSON line: `node --expose-gc bench/growth.mjs targets`
// Each quantity gets its own process: the garbage of one would count as the next one's.
import { setTimeout as sleep } from "node:timers/promises";
import { startMock } from "../dist/index.js";
import { bodyFor, HEADERS } from "./call.mjs";
import { LISTINGS } from "./listings.mjs";
import { bytesOf, load } from "./load.mjs";

const CALLS = 300;
const JOURNAL = 2_000;
const mb = (part = "rss") => {
  for (let time = 0; time < 3; time++) globalThis.gc?.();
  return process.memoryUsage()[part] / 1024 ** 2;
};

/** Median milliseconds per call, over one connection. */
async function median(port, ...given) {
  const calls = given.length > 0 ? given : [bytesOf()];
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
  const found = { "1 tenant": alone };
  let all = [];
  for (const many of [100, 1_000]) {
    const begun = performance.now();
    const missing = many - all.length;
    for (let made = 0; made < missing; made++) all.push(await mock.tenant());
    found["ms to make a tenant"] = (performance.now() - begun) / missing;
    found["KB of a tenant"] = ((mb("heapUsed") - before) / many) * 1024;
    // Each connection asks every tenant in turn, so the first round makes what each needs.
    await load(mock.port, 8, many, all.map(call));
    found[`${many} tenants`] = await median(mock.port, ...all.map(call));
  }
  const calls = all.map(call);
  await load(mock.port, 8, 10_000, calls);
  const used = mb("heapUsed") - before;
  for (const { name } of all)
    await (await fetch(`${mock.url}/__admin/tenants/${name}`, { method: "DELETE" })).arrayBuffer();
  all = [];
  // The last replies are still on their way.
  await sleep(200);
  return {
    ...found,
    "MB of 1000 tenants after 10000 calls": used,
    "MB of them once deleted": mb("heapUsed") - before,
  };
}

/** Rules for other calls, then rules for this call whose condition its body does not meet. */
async function rules(mock) {
  const found = { "no fault rule": await median(mock.port) };
  const fault = { kind: "broken-json" };
  for (let made = 0; made < 100; made++) mock.faults.add({ operation: "getEndpoints", fault });
  found["100 rules of another operation"] = await median(mock.port);
  mock.faults.clear();
  const where = { "/request_data/file_path": "/none" };
  for (let made = 0; made < 100; made++) mock.faults.add({ where, fault });
  found["100 rules with a condition"] = await median(mock.port);
  return found;
}

/** Pages of ten rows, of the fixtures and of a large fleet. */
async function listing(mock) {
  const large = await mock.tenant({ fleet: 100_000 });
  const found = {};
  for (const [name, page] of Object.entries(LISTINGS)) {
    for (const [of, tenant] of [
      ["few", mock],
      ["100000", large],
    ]) {
      found[`ten ${name} of ${of}`] = await median(mock.port, await page(mock, tenant));
    }
  }
  return found;
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
  tenants: [tenants, { tenantLimit: 1_100 }],
  rules: [rules, {}],
  listing: [listing, {}],
  journal: [journal, { journalEntries: JOURNAL }],
};
const [grow, options] = GROWTHS[process.argv[2]];
const mock = await startMock({ log: "none", ...options });
console.log(JSON.stringify(await grow(mock)));
process.exit();
