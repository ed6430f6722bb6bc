import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/mock.ts";
import {
  body,
  CLOCK,
  ENDPOINT,
  filter,
  filtered,
  headers,
  OTHER,
  quarantine,
  reserved,
  unknown,
} from "../../../support/cortex.ts";
import { invalid, wrongBody } from "../../../support/cortex-refusals.ts";
import { refused } from "../../../support/refused.ts";

const CALL = { operation: "quarantineFiles", page: true };

const ROWS: readonly (readonly [what: string, sent: object, ...problems: string[]])[] = [
  ["no request_data", {}, "/request_data is required."],
  ["request_data that is a list", { request_data: [] }, "/request_data must be object."],
  [
    "a field of its own",
    body({ colour: "red" }),
    "/request_data/colour is not a field of this call.",
  ],
  [
    "a field beside request_data",
    { ...body(), incident_id: 1 },
    "/incident_id is not a field of this call.",
  ],
  [
    "endpoint_id_list in the place of filters",
    body({ filters: undefined, endpoint_id_list: [ENDPOINT] }),
    "/request_data/filters is required.",
    "/request_data/endpoint_id_list is not a field of this call.",
  ],
  ["no file_path", body({ file_path: undefined }), "/request_data/file_path is required."],
  ["no file_hash", body({ file_hash: undefined }), "/request_data/file_hash is required."],
  [
    "a file_path that is a number",
    body({ file_path: 5 }),
    "/request_data/file_path must be string.",
  ],
  [
    "a file_hash that is null",
    body({ file_hash: null }),
    "/request_data/file_hash must be string.",
  ],
  [
    "an empty file_path",
    body({ file_path: "" }),
    "/request_data/file_path must NOT have fewer than 1 characters.",
  ],
  [
    "an empty file_hash",
    body({ file_hash: "" }),
    "/request_data/file_hash must NOT have fewer than 1 characters.",
  ],
  [
    "an incident id in words",
    body({ incident_id: "one" }),
    '/request_data/incident_id must match pattern "^[0-9]+$".',
  ],
  [
    "filters that are an object",
    body({ filters: filter(ENDPOINT) }),
    "/request_data/filters must be array.",
  ],
  ["no filter at all", filtered(), "/request_data/filters must NOT have fewer than 1 items."],
  [
    "a filter without its field",
    filtered({ ...filter(ENDPOINT), field: undefined }),
    "/request_data/filters/0/field is required.",
  ],
  [
    "a filter without its operator",
    filtered({ ...filter(ENDPOINT), operator: undefined }),
    "/request_data/filters/0/operator is required.",
  ],
  [
    "a filter without its value",
    filtered({ ...filter(), value: undefined }),
    "/request_data/filters/0/value is required.",
  ],
  [
    "an unknown field in a second filter",
    filtered(filter(ENDPOINT), { ...filter(ENDPOINT), field: "hostname" }),
    "/request_data/filters/1/field must be one of: endpoint_id_list.",
  ],
  [
    "an unknown operator",
    filtered({ ...filter(ENDPOINT), operator: "eq" }),
    "/request_data/filters/0/operator must be one of: in, IN.",
  ],
  [
    "a value that is one id",
    filtered({ ...filter(), value: ENDPOINT }),
    "/request_data/filters/0/value must be array.",
  ],
  ["no id", filtered(filter()), "/request_data/filters/0/value must NOT have fewer than 1 items."],
  [
    "an id that is a number",
    filtered(filter(7)),
    "/request_data/filters/0/value/0 must be string.",
  ],
  [
    "an empty request_data: all of it",
    { request_data: {} },
    "/request_data/filters is required.",
    "/request_data/file_path is required.",
    "/request_data/file_hash is required.",
  ],
  [
    "three mistakes of different kinds: all of them",
    body({ file_hash: 5, colour: "red", filters: [{ ...filter(ENDPOINT), operator: "eq" }] }),
    "/request_data/colour is not a field of this call.",
    "/request_data/filters/0/operator must be one of: in, IN.",
    "/request_data/file_hash must be string.",
  ],
  [
    "1001 ids",
    filtered(filter(ENDPOINT, ...unknown(1000))),
    "/request_data/filters/0/value must NOT have more than 1000 items.",
  ],
];

const INVALID = ROWS.map(([what, sent, ...problems]) => ({ what, sent, problems }));

describe.each(["document", "recorded"] as const)("off the contract, %s form", (wire) => {
  it.each(INVALID)("refuses $what", async ({ sent, problems }) => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { cause, ...seen } = wrongBody(CALL, sent, problems)[wire];
    expect(await refused(mock, quarantine(mock, { body: sent }))).toEqual({
      ...seen,
      kind: "invalid",
    });
    expect(mock.journal.entries().at(-1)?.reply?.cause).toBe(cause);
  });

  it.each([
    ["text/plain", "Header/content-type must be application/json, not text/plain."],
    [
      "application/x-www-form-urlencoded",
      "Header/content-type must be application/json, not application/x-www-form-urlencoded.",
    ],
  ])("refuses a body of the type %s", async (type, problem) => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const call = quarantine(mock, { headers: headers({ "content-type": type }) });
    const { cause: _, ...seen } = invalid(problem)[wire];
    expect(await refused(mock, call)).toEqual({ ...seen, kind: "invalid" });
  });

  it("refuses filters that have no endpoint in common", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const call = quarantine(mock, { body: filtered(filter(ENDPOINT), filter(OTHER)) });
    expect(await refused(mock, call)).toMatchObject({ status: 500, kind: "no-target" });
  });

  it.each([
    [400, "malformed"],
    [401, "unauthenticated"],
    [402, "unlicensed"],
    [403, "forbidden"],
    [500, "failure"],
  ])("refuses the reserved endpoint %i with that status", async (code, kind) => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const call = quarantine(mock, { body: filtered(filter(ENDPOINT, reserved(code))) });
    expect(await refused(mock, call)).toMatchObject({ status: code, kind });
  });
});
