import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK, ENDPOINT, filter, reserved, UNKNOWN, unknown } from "../../../support/cortex.ts";
import { cortexClient, FILE, LINUX, named } from "../../../support/cortex-client.ts";
import { failure, noTarget, notFound, refused } from "../../../support/cortex-refusals.ts";
import {
  badBodies,
  badData,
  badIncidents,
  badKeys,
  noData,
  refuses,
  subject,
} from "../../../support/cortex-suites.ts";

const PATH = "endpoints/file_retrieval";
const DETAILS = "actions/file_retrieval_details";
const CALL = "actions - file_retrieval_details";

const good = { filters: named(ENDPOINT), files: { windows: ["C:\\x"] } };
const retrieve = subject("retrieveFiles", PATH, good);
const details = subject("getFileRetrievalDetails", DETAILS, { group_action_id: 1001 });

const paths = (many: number): string[] => Array.from({ length: many }, (_, n) => `/x/${n}`);
const at = "/request_data/files";
const over = (files: object, count: number) =>
  [
    `${count} paths for ${Object.keys(files).join(", ")}`,
    { ...good, files },
    `${at} must hold at most 20 paths, and holds ${count}.`,
  ] as const;
const bad = (files: unknown, extra: string) =>
  [`files that are ${JSON.stringify(files)}`, { ...good, files }, `${at}${extra}`] as const;
const badFilter = (filters: unknown, extra: string) =>
  [
    `filters that are ${JSON.stringify(filters).slice(0, 100)}`,
    { ...good, filters },
    `/request_data/filters${extra}`,
  ] as const;

refuses(retrieve, [
  ...badKeys(retrieve),
  ...badBodies(retrieve),
  ...noData,
  ...badIncidents(retrieve),
  ...badData([
    ["no filters", { files: good.files }, "/request_data/filters is required."],
    ["no files", { filters: good.filters }, `${at} is required.`],
    over({ windows: paths(10), linux: paths(11) }, 21),
    over({ windows: paths(20), linux: paths(20), macos: paths(20) }, 60),
    [
      "21 paths for one system",
      { ...good, files: { windows: paths(21) } },
      `${at}/windows must NOT have more than 20 items.`,
    ],
    bad({}, " must NOT have fewer than 1 properties."),
    bad({ windows: [] }, "/windows must NOT have fewer than 1 items."),
    bad({ windows: "C:\\x" }, "/windows must be array."),
    bad({ windows: null }, "/windows must be array."),
    bad({ windows: [5] }, "/windows/0 must be string."),
    bad({ windows: [""] }, "/windows/0 must NOT have fewer than 1 characters."),
    bad({ android: ["/x"] }, "/android is not a field of this call."),
    bad(["C:\\x"], " must be object."),
    bad(null, " must be object."),
    badFilter(named(...unknown(11)), "/0/value must NOT have more than 10 items."),
    badFilter(
      [...named(ENDPOINT), filter(...unknown(11))],
      "/1/value must NOT have more than 10 items.",
    ),
    badFilter([], " must NOT have fewer than 1 items."),
    badFilter(named(), "/0/value must NOT have fewer than 1 items."),
    badFilter("all", " must be array."),
    badFilter(
      [{ field: "endpoint_id_list", operator: "in", value: ENDPOINT }],
      "/0/value must be array.",
    ),
    badFilter(
      [{ field: "hostname", operator: "in", value: ["dc-01"] }],
      "/0/field must be one of: endpoint_id_list.",
    ),
    badFilter([{ ...filter(ENDPOINT), operator: "eq" }], "/0/operator must be one of: in, IN."),
  ]),
]);

const id = "/request_data/group_action_id";
refuses(details, [
  ...badKeys(details),
  ...badBodies(details),
  ...noData,
  ...badData([
    ["no id", {}, `${id} is required.`],
    ...[true, {}, [1001], null].map(
      (group_action_id) =>
        [
          `the id ${JSON.stringify(group_action_id)}`,
          { group_action_id },
          `${id} must be an integer.`,
        ] as const,
    ),
    ["the id 0", { group_action_id: 0 }, `${id} must be >= 1.`],
    ["the id 1.5", { group_action_id: 1.5 }, `${id} must be multiple of 1.`],
    ["the id one", { group_action_id: "one" }, `${id} must match pattern "^[0-9]+$".`],
  ]),
]);

describe.each(WIRE_FORMS)("a retrieval, %s form", (wire) => {
  it.each([
    ["from an unknown endpoint", { ...good, filters: named(UNKNOWN) }],
    [
      "from filters that exclude each other",
      { ...good, filters: [...named(ENDPOINT), ...named(LINUX)] },
    ],
    ["from systems for which there is no path", { ...good, filters: named(LINUX) }],
  ])("%s is refused", async (_what, data) => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const seen = await refused(mock, "retrieveFiles", () => cortexClient(mock).post(PATH, data));
    expect(seen).toEqual(noTarget("FILES_RETRIEVAL")[wire]);
  });

  it("gets the error that a reserved endpoint forces", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const data = { ...good, filters: named(reserved(500)) };
    const seen = await refused(mock, "retrieveFiles", () => cortexClient(mock).post(PATH, data));
    expect(seen).toEqual(failure[wire]);
  });

  it("that does not exist has no details", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const { act, post } = cortexClient(mock);
    const call = () => post(DETAILS, { group_action_id: "999" });
    expect(await refused(mock, "getFileRetrievalDetails", call)).toEqual(
      notFound("action", "999", CALL)[wire],
    );
    // An action of another kind is named as such where the reply has a text.
    const quarantine = await act("endpoints/quarantine", { filters: named(ENDPOINT), ...FILE });
    const { status, text } = await post(DETAILS, { group_action_id: quarantine });
    expect(status).toBe(500);
    expect(text).not.toContain("There is no action");
    expect(text).toContain("of the kind quarantine");
    expect(mock.journal.entries().at(-1)?.refusal).toMatchObject({
      kind: "not-found",
      actual: "quarantine",
    });
  });

  it("of another tenant has no details", async () => {
    await using mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    const other = await mock.tenant({ name: "other", wire });
    const group_action_id = await cortexClient(mock).act(PATH, good);
    const { post } = cortexClient({ ...other, url: mock.url });
    const call = () => post(DETAILS, { group_action_id });
    expect(await refused(other, "getFileRetrievalDetails", call)).toEqual(
      notFound("action", group_action_id, CALL)[wire],
    );
  });
});
