import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK } from "../../../support/cortex.ts";
import { cortexClient } from "../../../support/cortex-client.ts";
import {
  ASSUMED,
  conflict,
  OBSERVED,
  RECORDED,
  refused,
} from "../../../support/cortex-refusals.ts";
import {
  badBodies,
  badData,
  badIncidents,
  badKeys,
  noData,
  refuses,
  subject,
} from "../../../support/cortex-suites.ts";

const A = "aa".repeat(32);
const B = "bb".repeat(32);

const data = { hash_list: [A] };
const at = "/request_data/hash_list";

const add = [
  subject("blocklistFiles", "hash_exceptions/blocklist", data),
  subject("allowlistFiles", "hash_exceptions/allowlist", data),
  subject("blocklistFilesLegacy", "hash_exceptions/blacklist", data, { page: false }),
];
const remove = [
  subject("removeFromBlocklist", "hash_exceptions/blocklist/remove", data, { page: false }),
  subject("removeFromAllowlist", "hash_exceptions/allowlist/remove", data, { page: false }),
  subject("removeFromBlocklistLegacy", "hash_exceptions/blacklist/remove", data, { page: false }),
];

const WRONG = badData([
  ["no hashes", {}, `${at} is required.`],
  ["an empty list", { hash_list: [] }, `${at} must NOT have fewer than 1 items.`],
  ...[A, null, true, 5, { 0: A }].map(
    (hash_list) =>
      [
        `hashes that are ${JSON.stringify(hash_list)}`,
        { hash_list },
        `${at} must be array.`,
      ] as const,
  ),
  ...[5, null, true, {}, [A]].map(
    (hash) =>
      [
        `the hash ${JSON.stringify(hash)}`,
        { hash_list: [A, hash] },
        `${at}/1 must be string.`,
      ] as const,
  ),
  ["an empty hash", { hash_list: [""] }, `${at}/0 must NOT have fewer than 1 characters.`],
  ["a comment that is no text", { ...data, comment: 5 }, "/request_data/comment must be string."],
]);

const detailed = "/request_data/detailed_response";
const WRONG_DETAIL = badData(
  ["true", 1, null].map((value) => [
    `detailed_response ${JSON.stringify(value)}`,
    { ...data, detailed_response: value },
    `${detailed} must be boolean.`,
  ]),
);
const NO_DETAIL = badData([
  [
    "detailed_response",
    { ...data, detailed_response: true },
    `${detailed} is not a field of this call.`,
  ],
]);

for (const of of [...add, ...remove]) {
  refuses(of, [
    ...badKeys(of),
    ...badBodies(of),
    ...noData,
    ...badIncidents(of),
    ...WRONG,
    ...(add.includes(of) ? WRONG_DETAIL : NO_DETAIL),
  ]);
}

const LISTED = "All hashes have already been added to the allow or block list";
const NOT_LISTED = "No hashes were found to remove from the list";
const API = "/public_api/v1/";

describe.each(WIRE_FORMS)("the lists of hashes, %s form", (wire) => {
  it.each(add)(
    "refuse hashes that are on either of them: $operation",
    async ({ operation, path, page }) => {
      await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
      const { post } = cortexClient(mock);
      await post("hash_exceptions/blocklist", { hash_list: [A] });
      await post("hash_exceptions/allowlist", { hash_list: [B] });
      const expected = conflict(LISTED, page ? RECORDED : ASSUMED)[wire];
      for (const hash_list of [[A], [B], [A.toUpperCase(), B], [A, A]]) {
        for (const detailed_response of [false, true]) {
          const call = () => post(path.slice(API.length), { hash_list, detailed_response });
          expect(await refused(mock, operation, call)).toEqual(expected);
        }
      }
    },
  );

  it.each(remove)(
    "refuse to let go of what they do not hold: $operation",
    async ({ operation, path }) => {
      await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
      const { post } = cortexClient(mock);
      const other = path.includes("allow") ? "blocklist" : "allowlist";
      await post(`hash_exceptions/${other}`, { hash_list: [A] });
      for (const hash_list of [[A], [B], [A, B]]) {
        const call = () => post(path.slice(API.length), { hash_list });
        expect(await refused(mock, operation, call)).toEqual(conflict(NOT_LISTED, OBSERVED)[wire]);
      }
    },
  );

  it("refuse to remove a hash twice", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { post } = cortexClient(mock);
    await post("hash_exceptions/blocklist", { hash_list: [A] });
    const call = () => post("hash_exceptions/blocklist/remove", { hash_list: [A] });
    expect((await call()).status).toBe(200);
    expect(await refused(mock, "removeFromBlocklist", call)).toEqual(
      conflict(NOT_LISTED, OBSERVED)[wire],
    );
  });
});
