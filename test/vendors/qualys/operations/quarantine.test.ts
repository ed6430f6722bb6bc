import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { remediations } from "../../../../src/vendors/qualys/state.ts";
import {
  AGENT,
  action,
  aimedAt,
  body,
  CLOCK,
  NOW,
  OTHER,
  PATH,
  PATHS,
  quarantine,
  sample,
} from "../../../support/qualys.ts";
import { readSpec } from "../../../support/specs.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const newest = (mock: Mock) => mock.store.all(remediations).at(-1);

/** The exact body of a success: the request's id is that of the stored action. */
const queued = (mock: Mock, remark = "QH"): string =>
  JSON.stringify({
    requestId: newest(mock)?.id,
    message: "Request created successfully and its in progress",
    responseCode: 1009,
    remark,
    status: "queued",
  });

const ACCEPTED: readonly (readonly [what: string, sent: object])[] = [
  ["the document's payload", sample()],
  ["the mandatory fields alone", body()],
  [
    "a release",
    body({ assetActionParameter: { assetActions: [action({ action: "UNQUARANTINE_HOST" })] } }),
  ],
  ["a Windows agent that is too old", aimedAt("59e53117-07c4-44ef-a1dc-e5ad9752f0d8")],
  ["a Linux agent that is too old", aimedAt("d0e0312c-03ef-4b31-afe4-b99105906070")],
  ["an agent that is offline", aimedAt("db3559db-bffa-4cf8-af2b-c5d76eba6729")],
  ["an agent that is quarantined already", aimedAt(AGENT, AGENT)],
  ["a time with an offset", body({ requestTime: "2024-12-12T04:52:39+05:30" })],
  ["the leap day of a leap year", body({ requestTime: "2024-02-29T00:00:00Z" })],
];

describe.each(["document", "recorded"] as const)("a quarantine call, %s form", (wire) => {
  it.each(ACCEPTED)("is queued on all four paths for %s", async (_what, sent) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    for (const path of PATHS) {
      const { status, headers, text } = await quarantine(mock, { path, body: sent });
      expect({ status, type: headers["content-type"], text }).toEqual({
        status: 200,
        type: "application/json",
        text: queued(mock),
      });
      expect(mock.journal.entries().at(-1)?.reply?.basis).toBe("documented");
    }
    const ids = mock.store.all(remediations).map(({ id }) => id);
    expect(new Set(ids).size).toBe(PATHS.length);
    for (const id of ids) expect(id).toMatch(UUID);
  });

  it("gives the same bytes to the same calls, run after run", async () => {
    const run = async (): Promise<object[]> => {
      await using mock = await startMock({ wire, clock: CLOCK });
      const replies: object[] = [];
      for (const sent of [sample(), {}, aimedAt("nobody"), body(), aimedAt(OTHER)]) {
        const { status, headers, text } = await quarantine(mock, { body: sent });
        replies.push({ status, headers, text });
      }
      return replies;
    };
    expect(await run()).toEqual(await run());
  });
});

describe("the payload that the document prints", () => {
  it("is the example of the spec", () => {
    const { components } = readSpec("qualys");
    expect(components).toHaveProperty(
      ["requestBodies", "QuarantineHost", "content", "application/json", "examples", "document"],
      expect.objectContaining({ value: sample() }),
    );
  });

  it.each(["v4", "V4", "v6", "V6"])("may name the kind of address %s", async (type) => {
    await using mock = await startMock();
    const sent = JSON.stringify(sample()).replace('"type":"V4"', `"type":"${type}"`);
    expect((await quarantine(mock, { body: sent })).status).toBe(200);
  });

  it.each([
    "excludedWhitelistingConfig",
    "emailIdList",
    "phoneNo",
    "overrideConfig",
    "moduleMetadata",
  ])("may go without %s", async (optional) => {
    await using mock = await startMock();
    const sent = JSON.stringify(sample(), (name, value) => (name === optional ? undefined : value));
    expect(sent).not.toContain(optional);
    expect((await quarantine(mock, { body: sent })).status).toBe(200);
  });
});

describe("user and userId", () => {
  const nameless = body({ user: undefined, userId: undefined });

  it.each([
    ["the body", PATH, body(), "John Doe", "qaedr_jd"],
    ["the query", `${PATH}?user=jd&userId=42`, nameless, "jd", "42"],
    ["the body, where both have them", `${PATH}?user=jd&userId=42`, body(), "John Doe", "qaedr_jd"],
    [
      "the query, where the body's are empty",
      `${PATH}?user=jd&userId=42`,
      body({ user: "", userId: "" }),
      "jd",
      "42",
    ],
    ["one place each", `${PATH}?user=jd`, body({ user: undefined }), "jd", "qaedr_jd"],
    [
      "the body, under the printed query with its slip",
      `${PATH}?%3Cuser=username&userId=XXc42aXX-03XX-XXdd-aXX8-42fXXXd7cXXX`,
      sample(),
      "John Doe",
      "qaedr_jd",
    ],
  ])("are taken from %s", async (_where, path, sent, user, userId) => {
    await using mock = await startMock({ clock: CLOCK });
    expect((await quarantine(mock, { path, body: sent })).text).toBe(queued(mock));
    expect(newest(mock)).toMatchObject({ user, userId });
  });
});

describe("the action behind the reply", () => {
  it("holds the time, the comment and all agents of one call", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const sent = { ...aimedAt(AGENT, OTHER), comment: "Verdächtig" };
    const { text } = await quarantine(mock, { body: sent });
    expect(text).toBe(queued(mock, "Verdächtig"));
    expect(mock.store.all(remediations)).toMatchObject([
      {
        at: NOW,
        comment: "Verdächtig",
        targets: [
          { id: AGENT, actionName: "Quarantine Host", lifecycle: "completes" },
          { id: OTHER, actionName: "Quarantine Host", lifecycle: "completes" },
        ],
      },
    ]);
  });

  it.each([
    ["stuck", "stuck"],
    ["fails", "fails"],
  ] as const)(
    "of an agent that is too old %s when the settings say so",
    async (oldAgent, lifecycle) => {
      await using mock = await startMock({ oldAgent });
      // The sample's own agent version is new enough for Windows and too old for Linux.
      await quarantine(mock, { body: aimedAt("d0e0312c-03ef-4b31-afe4-b99105906070", AGENT) });
      expect(newest(mock)?.targets).toMatchObject([{ lifecycle }, { lifecycle: "completes" }]);
    },
  );
});
