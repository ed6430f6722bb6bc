import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, OTHER, reserved, UNKNOWN } from "../../../support/cortex.ts";
import { cortexClient, DAY, named, OFFLINE, SECOND } from "../../../support/cortex-client.ts";
import {
  failure,
  noTarget,
  OBSERVED,
  refused,
  wrongBody,
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

const scan = subject("scanEndpoints", "endpoints/scan", { filters: named(ENDPOINT) });
const abort = subject("abortScan", "endpoints/abort_scan", { filters: named(ENDPOINT) });

const at = "/request_data/filters";
const NEITHER = `${at} must be an array of filters, or "all".`;

const WRONG = badData([
  ["no filters", {}, `${at} is required.`],
  ["an empty list", { filters: [] }, `${at} must NOT have fewer than 1 items.`],
  ...[true, false, 0, 5, null, {}, named(ENDPOINT)[0]].map(
    (filters) => [`filters that are ${JSON.stringify(filters)}`, { filters }, NEITHER] as const,
  ),
  ...["", "ALL", "All", "none", "all ", ENDPOINT].map(
    (filters) =>
      [
        `the word ${JSON.stringify(filters)}`,
        { filters },
        `${at} must match pattern "^all$".`,
      ] as const,
  ),
  ["the word all in a list", { filters: ["all"] }, `${at}/0 must be object.`],
  [
    "an endpoint's id in the place of filters",
    { endpoint_id: ENDPOINT },
    `${at} is required.`,
    "/request_data/endpoint_id is not a field of this call.",
  ],
]);

for (const of of [scan, abort]) {
  refuses(of, [...badKeys(of), ...badBodies(of), ...noData, ...badIncidents(of), ...WRONG]);
}

describe.each(WIRE_FORMS)("a scan, %s form", (wire) => {
  it.each([
    ["unknown", named(UNKNOWN)],
    ["two that exclude each other", [...named(ENDPOINT), ...named(OFFLINE)]],
  ])("of endpoints that are %s is refused, and so is its end", async (_what, filters) => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { act, post } = cortexClient(mock);
    await act("endpoints/scan", { filters: "all" });
    expect(await refused(mock, "scanEndpoints", () => post("endpoints/scan", { filters }))).toEqual(
      noTarget("SCAN")[wire],
    );
    expect(
      await refused(mock, "abortScan", () => post("endpoints/abort_scan", { filters })),
    ).toEqual(noTarget("ABORT_SCAN")[wire]);
  });

  it("without any endpoint is refused; recordings call the value missing", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { post } = cortexClient(mock);
    const request_data = { filters: named() };
    const sentence = `${at}/0/value is required.`;
    const expected = {
      document: noTarget("SCAN"),
      recorded: wrongBody(scan, { request_data }, [sentence]),
    }[wire][wire];
    expect(
      await refused(mock, "scanEndpoints", () => post("endpoints/scan", request_data)),
    ).toEqual(expected);
  });

  it("is refused while another is pending, in progress or being stopped", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { act, post } = cortexClient(mock);
    const again = () => post("endpoints/scan", { filters: named(ENDPOINT) });
    const expected = wrongState(
      "SCAN",
      "A scan is already in progress on every one of the endpoints.",
      OBSERVED,
    )[wire];
    await act("endpoints/scan", { filters: named(ENDPOINT) });
    expect(await refused(mock, "scanEndpoints", again)).toEqual(expected);
    mock.clock.advance(SECOND);
    expect(await refused(mock, "scanEndpoints", again)).toEqual(expected);
    await act("endpoints/abort_scan", { filters: named(ENDPOINT) });
    expect(await refused(mock, "scanEndpoints", again)).toEqual(expected);
    mock.clock.advance(SECOND);
    expect((await again()).status).toBe(200);
  });

  it("goes to the endpoints that are not being scanned", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { act } = cortexClient(mock);
    await act("endpoints/scan", { filters: named(ENDPOINT) });
    await act("endpoints/scan", { filters: named(ENDPOINT, OTHER) });
    expect(mock.actions.list().map(({ targets }) => targets.map(({ id }) => id))).toEqual([
      [ENDPOINT],
      [OTHER],
    ]);
  });

  it("cannot be stopped when none is in progress", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { act, post } = cortexClient(mock);
    const stop = (filters: unknown) => () => post("endpoints/abort_scan", { filters });
    const expected = noTarget("ABORT_SCAN")[wire];
    expect(await refused(mock, "abortScan", stop(named(ENDPOINT)))).toEqual(expected);
    expect(await refused(mock, "abortScan", stop("all"))).toEqual(expected);
    await act("endpoints/scan", { filters: named(ENDPOINT) });
    mock.clock.advance(2 * SECOND);
    expect(await refused(mock, "abortScan", stop(named(ENDPOINT)))).toEqual(expected);
  });

  it("cannot be stopped twice", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { act, post } = cortexClient(mock);
    await act("endpoints/scan", { filters: named(ENDPOINT) });
    const stop = () => post("endpoints/abort_scan", { filters: named(ENDPOINT) });
    expect((await stop()).status).toBe(200);
    const expected = noTarget("ABORT_SCAN")[wire];
    expect(await refused(mock, "abortScan", stop)).toEqual(expected);
    mock.clock.advance(SECOND);
    expect(await refused(mock, "abortScan", stop)).toEqual(expected);
  });

  it("that has expired cannot be stopped", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { act, post } = cortexClient(mock);
    await act("endpoints/scan", { filters: named(OFFLINE) });
    mock.clock.advance(DAY);
    const stop = () => post("endpoints/abort_scan", { filters: named(OFFLINE) });
    expect(await refused(mock, "abortScan", stop)).toEqual(noTarget("ABORT_SCAN")[wire]);
  });

  it("gets the error that a reserved endpoint forces", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { post } = cortexClient(mock);
    const data = { filters: named(reserved(500)) };
    for (const { operation, path } of [scan, abort]) {
      const call = () => post(path.slice("/public_api/v1/".length), data);
      expect(await refused(mock, operation, call)).toEqual(failure[wire]);
    }
  });
});
