import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, reserved } from "../../../support/cortex.ts";
import { cortexClient, FILE } from "../../../support/cortex-client.ts";
import { ASSUMED, failure, rateLimited, refused } from "../../../support/cortex-refusals.ts";
import {
  badBodies,
  badData,
  badKeys,
  noData,
  refuses,
  subject,
} from "../../../support/cortex-suites.ts";

const FILES = [{ endpoint_id: ENDPOINT, ...FILE }];
const status = subject("getQuarantineStatus", "quarantine/status", { files: FILES });
const legacy = subject(
  "getQuarantineStatusLegacy",
  "audits/quarantine/status",
  { files: FILES },
  { page: false },
);

const at = "/request_data/files/0";
const fields = ["endpoint_id", "file_path", "file_hash"];

const WRONG = badData([
  ["no files", {}, "/request_data/files is required."],
  ["an empty list", { files: [] }, "/request_data/files must NOT have fewer than 1 items."],
  ["one file that is no list", { files: FILES[0] }, "/request_data/files must be array."],
  ["null", { files: null }, "/request_data/files must be array."],
  ["an id in the place of a file", { files: [ENDPOINT] }, `${at} must be object.`],
  [
    "an unknown field of a file",
    { files: [{ ...FILES[0], x: 1 }] },
    `${at}/x is not a field of this call.`,
  ],
  [
    "a file that is wrong behind one that is right",
    { files: [...FILES, {}] },
    ...fields.map((field) => `/request_data/files/1/${field} is required.`),
  ],
  ...fields.flatMap(
    (field) =>
      [
        [
          `no ${field}`,
          { files: [{ ...FILES[0], [field]: undefined }] },
          `${at}/${field} is required.`,
        ],
        [
          `an empty ${field}`,
          { files: [{ ...FILES[0], [field]: "" }] },
          `${at}/${field} must NOT have fewer than 1 characters.`,
        ],
        [
          `the number 5 as ${field}`,
          { files: [{ ...FILES[0], [field]: 5 }] },
          `${at}/${field} must be string.`,
        ],
        [
          `null as ${field}`,
          { files: [{ ...FILES[0], [field]: null }] },
          `${at}/${field} must be string.`,
        ],
      ] as const,
  ),
]);

for (const of of [status, legacy]) {
  refuses(of, [...badKeys(of), ...badBodies(of), ...noData, ...WRONG]);
}

describe.each(WIRE_FORMS)("the quarantine status, %s form", (wire) => {
  it("gets the error that a reserved endpoint among the files forces", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { post } = cortexClient(mock);
    const ask = (code: number) => ({ files: [...FILES, { endpoint_id: reserved(code), ...FILE }] });
    expect(
      await refused(mock, "getQuarantineStatus", () => post("quarantine/status", ask(500))),
    ).toEqual(failure[wire]);
    expect(
      await refused(mock, "getQuarantineStatusLegacy", () =>
        post("audits/quarantine/status", ask(500)),
      ),
    ).toEqual({ ...failure[wire], basis: ASSUMED[wire] });
  });

  it("is refused once for the reserved endpoint 429", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { post } = cortexClient(mock);
    const data = { files: [{ endpoint_id: reserved(429), ...FILE }] };
    const call = () => post("quarantine/status", data);
    expect(await refused(mock, "getQuarantineStatus", call)).toEqual(rateLimited[wire]);
    expect((await call()).status).toBe(200);
  });
});
