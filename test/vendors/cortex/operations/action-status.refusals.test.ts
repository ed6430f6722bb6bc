import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT } from "../../../support/cortex.ts";
import { cortexClient, FILE, named } from "../../../support/cortex-client.ts";
import { notFound, refused } from "../../../support/cortex-refusals.ts";
import {
  badBodies,
  badData,
  badKeys,
  noData,
  refuses,
  subject,
} from "../../../support/cortex-suites.ts";

const PATH = "actions/get_action_status";
const CALL = "actions - get_action_status";
const status = subject("getActionStatus", PATH, { group_action_id: 1001 });

const at = "/request_data/group_action_id";
const WRONG = [
  ...[true, false, {}, { id: 1001 }, [], [1001], null].map(
    (id) => [id, `${at} must be an integer.`] as const,
  ),
  [0, `${at} must be >= 1.`] as const,
  [-1, `${at} must be >= 1.`] as const,
  [1.5, `${at} must be multiple of 1.`] as const,
  ...["", "one", "-1", "1.5", " 1001", "0x3e9"].map(
    (id) => [id, `${at} must match pattern "^[0-9]+$".`] as const,
  ),
];

refuses(status, [
  ...badKeys(status),
  ...badBodies(status),
  ...noData,
  ...badData([
    ["no id", {}, `${at} is required.`],
    [
      "the id under the name of the reply",
      { action_id: 1001 },
      `${at} is required.`,
      "/request_data/action_id is not a field of this call.",
    ],
    ...WRONG.map(
      ([group_action_id, extra]) =>
        [`the id ${JSON.stringify(group_action_id)}`, { group_action_id }, extra] as const,
    ),
  ]),
]);

describe.each(WIRE_FORMS)("get_action_status, %s form", (wire) => {
  it.each([
    [1002, "1002"],
    ["1002", "1002"],
    [1, "1"],
    ["01001", "01001"],
    [9_007_199_254_740_991, "9007199254740991"],
    ["9".repeat(300), `${"9".repeat(200)}…`],
  ])("refuses the id %j, which was never given out", async (group_action_id, shown) => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { act, post } = cortexClient(mock);
    expect(await act("endpoints/quarantine", { filters: named(ENDPOINT), ...FILE })).toBe("1001");
    const seen = await refused(mock, "getActionStatus", () => post(PATH, { group_action_id }));
    expect(seen).toEqual(notFound("action", shown, CALL)[wire]);
  });

  it("refuses the id of another tenant's action, both ways", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const other = await mock.tenant({ name: "other", wire });
    const mine = cortexClient(mock);
    const theirs = cortexClient({ ...other, url: mock.url });
    const data = { filters: named(ENDPOINT), ...FILE };
    const id = await mine.act("endpoints/quarantine", data);
    const otherId = await theirs.act("endpoints/quarantine", data);
    expect(
      await refused(mock, "getActionStatus", () => mine.post(PATH, { group_action_id: otherId })),
    ).toEqual(notFound("action", otherId, CALL)[wire]);
    expect(
      await refused(other, "getActionStatus", () => theirs.post(PATH, { group_action_id: id })),
    ).toEqual(notFound("action", id, CALL)[wire]);
  });
});
