import { afterAll, beforeAll, expect, it } from "vitest";
import { FAULTS } from "../../../src/core/faults/fault.ts";
import { REFUSALS } from "../../../src/core/refusal-examples.ts";
import { SCENARIOS } from "../../../src/core/scenario.ts";
import { type Mock, startMock } from "../../../src/index.ts";
import { VENDOR_NAMES } from "../../support/vendor-names.ts";

type Row = readonly [what: string, body: unknown, error: string];

const KINDS = Object.keys(FAULTS).join(", ");
const RULE = "id, vendor, operation, where, nth, times, probability, fault";
const PATTERN = "vendor, operation, method, principal, fault, status, where";
const RESET = { kind: "CONNECTION_RESET_BY_PEER" };

const rules: readonly Row[] = [
  ["nothing", {}, "/fault is required"],
  ["an array", [], "the body must be object"],
  ["a fault that is a text", { fault: "delay" }, "/fault must be object"],
  ["no kind", { fault: {} }, "/fault/kind is required"],
  [
    "a kind that is none",
    { fault: { kind: "reset" } },
    `"kind" of a fault must be one of ${KINDS}, not "reset".`,
  ],
  [
    "a member that is none",
    { tmes: 2, fault: RESET },
    `a fault rule does not take "tmes": it takes ${RULE}.`,
  ],
  [
    "times of 0",
    { times: 0, fault: RESET },
    '"times" of a fault rule must be a whole number from 1, not 0.',
  ],
  ["nth of 1.5", { nth: 1.5, fault: RESET }, "/nth must be integer"],
  [
    "a chance over 1",
    { probability: 2, fault: RESET },
    '"probability" of a fault rule must be a number from 0 to 1, not 2.',
  ],
  [
    "an empty id",
    { id: "", fault: RESET },
    '"id" of a fault rule must be a string that is not empty, not "".',
  ],
  [
    "an id that is taken",
    { id: "taken", fault: RESET },
    'A fault rule "taken" already exists: choose another id.',
  ],
  [
    "a vendor that is none",
    { vendor: "nobody", fault: RESET },
    `There is no vendor "nobody": choose from ${VENDOR_NAMES}.`,
  ],
  [
    "an operation that is none",
    { operation: "quarantineFile", fault: RESET },
    'There is no operation "quarantineFile"; the nearest is quarantineFiles.',
  ],
  [
    "an operation of another vendor",
    { vendor: "qualys", operation: "quarantineFiles", fault: RESET },
    'There is no operation "quarantineFiles"; the nearest is quarantineHost.',
  ],
  [
    "a place that is none",
    { where: { "request_data.file_path": "x" }, fault: RESET },
    '"request_data.file_path" in "where" of a fault rule is not a place: use /a/pointer into the body, query/name or header/name.',
  ],
  [
    "a condition that is none",
    { where: { "/a": { matches: ".*" } }, fault: RESET },
    '"/a" in "where" of a fault rule must be a value or an object with one of equals, contains, oneOf, exists, length.',
  ],
  [
    "a condition with a wrong value",
    { where: { "/a": { exists: "yes" } }, fault: RESET },
    '"exists" of "/a" in "where" of a fault rule must be true or false.',
  ],
  [
    "a status without one",
    { fault: { kind: "status" } },
    'the fault status needs "status": a status from 200 to 599.',
  ],
  [
    "a status of 99",
    { fault: { kind: "status", status: 99 } },
    '"status" of the fault status must be a status from 200 to 599, not 99.',
  ],
  ...["Content-Length", "transfer-encoding", "trailer"].map(
    (name): Row => [
      `the header ${name}`,
      { fault: { kind: "status", status: 200, headers: { [name]: "1" } } },
      `"headers" of the fault status must be an object of header values, without content-length, transfer-encoding and trailer, not {"${name}":"1"}.`,
    ],
  ),
  [
    "a header that would be two",
    { fault: { kind: "status", status: 200, headers: { a: "b\r\nc: d" } } },
    `"headers" of the fault status must be an object of header values, without content-length, transfer-encoding and trailer, not {"a":"b\\r\\nc: d"}.`,
  ],
  [
    "a refusal that is none",
    { fault: { kind: "refusal", refusal: "teapot" } },
    `"refusal" of the fault refusal must be one of ${REFUSALS.join(", ")}, not "teapot".`,
  ],
  [
    "a delay that runs backwards",
    { fault: { ...RESET, delayMs: [2, 1] } },
    '"delayMs" of the fault CONNECTION_RESET_BY_PEER must be a number of milliseconds up to a day, or a range of two, not [2,1].',
  ],
  [
    "an effect of a fault that has no choice",
    { fault: { kind: "broken-json", effect: true } },
    'the fault broken-json does not take "effect": it takes delayMs.',
  ],
  [
    "a place that is no pointer",
    { fault: { kind: "type-drift", at: "reply" } },
    '"at" of the fault type-drift must be a JSON pointer such as /reply/status, not "reply".',
  ],
];

const expectations: readonly Row[] = [
  ["an array", [], "the body must be object"],
  [
    "a member that is none",
    { operations: "x" },
    `An expectation does not take "operations": it takes ${PATTERN}, times, atLeast, atMost, inOrder.`,
  ],
  ["a number below 0", { times: -1 }, '"times" of an expectation must be a whole number.'],
  [
    "two numbers",
    { times: 1, atMost: 2 },
    'An expectation takes either "times", or "atLeast" and "atMost", not both.',
  ],
  [
    "an operation that is none",
    { operation: "isolateEndpoint" },
    'There is no operation "isolateEndpoint"; the nearest is isolateEndpoints.',
  ],
  [
    "a vendor that is none",
    { vendor: "x" },
    `There is no vendor "x": choose from ${VENDOR_NAMES}.`,
  ],
  [
    "a fault that is none",
    { fault: "reset" },
    `There is no kind of fault "reset": choose from ${KINDS}.`,
  ],
  ["no order", { inOrder: [] }, '"inOrder" of an expectation must be an array of patterns.'],
  [
    "an order and more",
    { times: 1, inOrder: [{ vendor: "qualys" }] },
    'An expectation with "inOrder" takes no other member.',
  ],
  [
    "a number in an order",
    { inOrder: [{ times: 1 }] },
    `An expectation does not take "times": it takes ${PATTERN}.`,
  ],
  [
    "a misspelt operation in an order",
    { inOrder: [{ operation: "login" }, { operation: "listAsset" }] },
    'There is no operation "listAsset"; the nearest is listAssets.',
  ],
  [
    "a place that is none",
    { where: { body: 1 } },
    '"body" in "where" of an expectation is not a place: use /a/pointer into the body, query/name or header/name.',
  ],
];

const scenarios: readonly Row[] = [
  ["none", {}, "/name is required"],
  ["a number", { name: 5 }, "/name must be string"],
  ["more than a name", { name: "ordinary", faults: [] }, "/faults is not a field of this call"],
];

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
  mock.faults.add({ id: "taken", operation: "healthcheck", fault: { kind: "html-page" } });
});
afterAll(() => mock.close());

const call = async (method: string, path: string, body?: unknown): Promise<[number, string]> => {
  const json = { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const init = body === undefined ? { method } : { method, ...json };
  const reply = await fetch(`${mock.url}/__admin/${path}`, init);
  expect(reply.headers.get("x-fauxdr-error")).toBeNull();
  return [reply.status, ((await reply.json()) as { error: string }).error];
};

const CALLS = [
  ["POST", "faults", rules],
  ["POST", "verify", expectations],
  ["PUT", "scenario", scenarios],
] as const;

it.each(
  CALLS.flatMap(([method, path, rows]) =>
    rows.map(([what, body, error]) => ({ method, path, what, body, error })),
  ),
)(
  "$method $path with $what says so, and changes nothing",
  async ({ method, path, body, error }) => {
    const before = [mock.faults.list(), mock.scenario, mock.journal.entries().length];
    expect(await call(method, `tenants/default/${path}`, body)).toEqual([400, error]);
    expect([mock.faults.list(), mock.scenario, mock.journal.entries().length]).toEqual(before);
  },
);

it("an unknown scenario is refused with the names of the known ones", async () => {
  const [status, error] = await call("PUT", "tenants/default/scenario", { name: "flaky" });
  expect(status).toBe(400);
  expect(error).toContain('There is no scenario "flaky": choose from ordinary, ');
  for (const { name } of SCENARIOS) expect(error).toContain(name);
  expect(mock.faults.list()).toHaveLength(1);
});

it.each([
  ["DELETE", "tenants/default/faults/nobody", "there is no fault rule nobody"],
  ["DELETE", "tenants/default/faults/a%2Fb", "there is no fault rule a/b"],
  ["GET", "tenants/nobody/faults", "there is no tenant nobody"],
  ["DELETE", "tenants/nobody/faults", "there is no tenant nobody"],
  ["DELETE", "tenants/nobody/faults/taken", "there is no tenant nobody"],
])("%s %s finds nothing", async (method, path, error) => {
  expect(await call(method, path)).toEqual([404, error]);
});

it.each<[string, string, unknown]>([
  ["POST", "faults", { fault: RESET }],
  ["POST", "verify", {}],
  ["PUT", "scenario", { name: "ordinary" }],
])("%s %s finds no tenant that is not there", async (method, path, body) => {
  const error = "there is no tenant nobody";
  expect(await call(method, `tenants/nobody/${path}`, body)).toEqual([404, error]);
});
