import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, OTHER, reserved, UNKNOWN } from "../../../support/cortex.ts";
import {
  BARE,
  cortexClient,
  FILE,
  HASH,
  named,
  OFFLINE,
  SECOND,
} from "../../../support/cortex-client.ts";
import {
  failure,
  noTarget,
  RECORDED,
  refused,
  wrongState,
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

const restore = subject("restoreFile", "endpoints/restore", { file_hash: HASH });

const bad = (field: string, value: unknown, extra: string) =>
  [
    `${field} ${JSON.stringify(value)}`,
    { ...restore.data, [field]: value },
    `/request_data/${field} ${extra}`,
  ] as const;
const SHORT = "must NOT have fewer than 1 characters.";

refuses(restore, [
  ...badKeys(restore),
  ...badBodies(restore),
  ...noData,
  ...badIncidents(restore),
  ...badData([
    ["no hash", { endpoint_id: ENDPOINT }, "/request_data/file_hash is required."],
    ...[5, true, null, {}, [HASH]].map((value) => bad("file_hash", value, "must be string.")),
    bad("file_hash", "", SHORT),
    ...[5, true, null, {}, [ENDPOINT]].map((value) => bad("endpoint_id", value, "must be string.")),
    bad("endpoint_id", "", SHORT),
    bad("filters", named(ENDPOINT), "is not a field of this call."),
    bad("file_path", FILE.file_path, "is not a field of this call."),
  ]),
]);

describe.each(WIRE_FORMS)("restore, %s form", (wire) => {
  const nowhere = wrongState(
    "RESTORE",
    "The file is not in quarantine on any of the endpoints, or is already being restored.",
    RECORDED,
  )[wire];

  it.each([
    ["of a file that nobody quarantined", { file_hash: "0".repeat(64) }],
    ["on an endpoint where it is not in quarantine", { file_hash: HASH, endpoint_id: OTHER }],
    ["on an endpoint that never had it", { file_hash: HASH, endpoint_id: BARE }],
    ["on an endpoint that never answered", { file_hash: HASH, endpoint_id: OFFLINE }],
    ["on an endpoint that succeeded in part", { file_hash: HASH, endpoint_id: reserved(4) }],
  ])("is refused %s", async (_what, data) => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { act, post } = cortexClient(mock);
    const filters = named(ENDPOINT, BARE, OFFLINE, reserved(4));
    await act("endpoints/quarantine", { filters, ...FILE });
    mock.clock.advance(2 * SECOND);
    const seen = await refused(mock, "restoreFile", () => post("endpoints/restore", data));
    expect(seen).toEqual(nowhere);
  });

  it("is refused while the file's quarantine is pending", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { act, post } = cortexClient(mock);
    await act("endpoints/quarantine", { filters: named(ENDPOINT), ...FILE });
    mock.clock.advance(2 * SECOND - 1);
    const call = () => post("endpoints/restore", { file_hash: HASH });
    expect(await refused(mock, "restoreFile", call)).toEqual(nowhere);
    mock.clock.advance(1);
    expect((await call()).status).toBe(200);
  });

  it.each([{}, { endpoint_id: ENDPOINT }])(
    "is refused twice, under way or done: %j",
    async (on) => {
      await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
      const { act, post } = cortexClient(mock);
      await act("endpoints/quarantine", { filters: named(ENDPOINT), ...FILE });
      mock.clock.advance(2 * SECOND);
      await act("endpoints/restore", { file_hash: HASH, ...on });
      const call = () => post("endpoints/restore", { file_hash: HASH, ...on });
      expect(await refused(mock, "restoreFile", call)).toEqual(nowhere);
      mock.clock.advance(2 * SECOND);
      expect(await refused(mock, "restoreFile", call)).toEqual(nowhere);
    },
  );

  it("is refused on an unknown endpoint", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { post } = cortexClient(mock);
    const data = { file_hash: HASH, endpoint_id: UNKNOWN };
    const seen = await refused(mock, "restoreFile", () => post("endpoints/restore", data));
    expect(seen).toEqual(noTarget("RESTORE")[wire]);
  });

  it("gets the error that a reserved endpoint forces", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { post } = cortexClient(mock);
    const data = { file_hash: HASH, endpoint_id: reserved(500) };
    const seen = await refused(mock, "restoreFile", () => post("endpoints/restore", data));
    expect(seen).toEqual(failure[wire]);
  });

  it("of another tenant's file is refused", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const other = await mock.tenant({ name: "other", wire });
    await cortexClient(mock).act("endpoints/quarantine", { filters: named(ENDPOINT), ...FILE });
    mock.clock.advance(2 * SECOND);
    const { post } = cortexClient({ ...other, url: mock.url });
    const call = () => post("endpoints/restore", { file_hash: HASH });
    expect(await refused(other, "restoreFile", call)).toEqual(nowhere);
  });
});
