import { describe, expect, it } from "vitest";
import type { Rule } from "../../../../src/core/contract.ts";
import { agentTooOld } from "../../../../src/vendors/qualys/rules/agent-too-old.ts";
import { commentBlank } from "../../../../src/vendors/qualys/rules/comment-blank.ts";
import { requestTime } from "../../../../src/vendors/qualys/rules/request-time.ts";
import { rules } from "../../../../src/vendors/qualys/rules/rules.ts";
import { userInBothPlaces } from "../../../../src/vendors/qualys/rules/user-in-both-places.ts";
import { journalOf, type Made } from "../../../support/broken-qualys/journal.ts";

const OPERATIONS = [
  "quarantineHost",
  "performQuarantineHostAction",
  "quarantineHostV1",
  "performQuarantineHostActionV1",
];

const action = (agentVersion: unknown): object => ({ agentVersion });

/** A quarantine call that every rule lets pass, with this changed in its body. */
const sent = (changes: object = {}): Made => ({
  operation: "quarantineHost",
  url: "/ioc/remediation-actions/quarantineHost?user=John%20Doe&userId=jd",
  body: {
    user: "John Doe",
    userId: "jd",
    comment: "QH",
    requestTime: "2026-01-31T12:00:00.000Z",
    assetActionParameter: { assetActions: [action("5.5.25.0")] },
    ...changes,
  },
});
const actions = (...versions: unknown[]): object => ({
  assetActionParameter: { assetActions: versions.map(action) },
});
const at = (url: string, changes: object = {}): Made => ({
  ...sent(changes),
  url: `/ioc/remediation-actions/quarantineHost${url}`,
});

/** By rule: what it lets pass, and what it finds with these words. */
const TABLE: readonly (readonly [
  Rule,
  Readonly<Record<string, Made>>,
  Readonly<Record<string, Made>>,
])[] = [
  [
    commentBlank,
    {
      "a comment": sent(),
      "one in another script": sent({ comment: "検疫" }),
      "none, which is refused": sent({ comment: undefined }),
      "an empty one, which is refused": sent({ comment: "" }),
      "one with spaces around it": sent({ comment: " QH " }),
      "one that is no text, which is refused": sent({ comment: [" "] }),
    },
    {
      "/comment contains only spaces": sent({ comment: " " }),
      "/comment contains only spaces ": sent({ comment: "\n\t " }),
    },
  ],
  [
    userInBothPlaces,
    {
      "both in both places": sent(),
      "two that differ, as in the sample": sent({ user: "John", userId: "jd2" }),
      "a call that was refused": {
        ...at("", { user: undefined }),
        refusal: { kind: "invalid", problem: { where: "/user", what: "is required" } },
      },
    },
    {
      "there is no query/user, no query/userId": at(""),
      "there is no /user, no /userId": sent({ user: undefined, userId: undefined }),
      "there is no query/userId": at("?user=jd"),
      "there is no /userId": sent({ userId: "" }),
      "there is no query/user": at("?user=&userId=jd"),
      "there is no query/user, no /userId": at("?<user=jd&userId=jd", { userId: undefined }),
    },
  ],
  [
    requestTime,
    {
      "the moment": sent(),
      "the moment with an offset": sent({ requestTime: "2026-01-31T14:00:00+02:00" }),
      "some minutes off": sent({ requestTime: "2026-01-31T11:31:00Z" }),
      "no time, which is refused": sent({ requestTime: "yesterday" }),
      nothing: sent({ requestTime: undefined }),
    },
    {
      "/requestTime is 2024-12-12T04:52:39.711Z, 9967.1 hours from the vendor's 2026-01-31T12:00:00.000Z":
        sent({ requestTime: "2024-12-12T04:52:39.711Z" }),
      "/requestTime is 2026-01-31T13:00:00Z, 1 hours from the vendor's 2026-01-31T12:00:00.000Z":
        sent({ requestTime: "2026-01-31T13:00:00Z" }),
      "/requestTime is 2026-01-31T11:30:00Z, 0.5 hours from the vendor's 2026-01-31T12:00:00.000Z":
        sent({ requestTime: "2026-01-31T11:30:00Z" }),
      "/requestTime is 2026-01-31T06:30:00Z, 5.5 hours from the vendor's 2026-01-31T12:00:00.000Z":
        sent({ requestTime: "2026-01-31T06:30:00Z" }),
    },
  ],
  [
    agentTooOld,
    {
      "the sample's, which is new enough on Windows": sent(),
      "the oldest on Windows": sent(actions("4.9.0.0")),
      "a later one": sent(actions("10.0")),
      "what is no version": sent(actions("latest", "", 6, undefined)),
      "a version within a text": sent(actions("v3.1", "a 2")),
      "an action that is no object": sent({ assetActionParameter: { assetActions: ["3.1"] } }),
      "no actions": sent({ assetActionParameter: { assetActions: "none" } }),
      "no parameter": sent({ assetActionParameter: null }),
    },
    {
      "agentVersion 4.8.9.9 is too old on every platform": sent(actions("4.8.9.9")),
      "agentVersion 03.1 is too old on every platform": sent(actions("03.1")),
      "agentVersion 4.8.0, 3 is too old on every platform": sent(
        actions("4.8.0", "6.0.0.0", "3", "3"),
      ),
    },
  ],
];

describe.each(TABLE)("$id", (rule, passes, finds) => {
  it.each(Object.entries(passes))("passes %s", (_what, made) => {
    expect(rule.judge(journalOf(made))).toEqual([]);
  });

  it.each(Object.entries(finds))("finds: %s", (what, made) => {
    for (const operation of OPERATIONS) {
      expect(rule.judge(journalOf({ ...made, operation }))).toEqual([
        { exchanges: [1], what: what.trim() },
      ]);
    }
  });

  const [found = sent()] = Object.values(finds);

  it("finds it in every call, and nothing between them", () => {
    const flaws = rule.judge(journalOf(found, sent(), found));
    expect(flaws.map(({ exchanges }) => exchanges)).toEqual([[1], [3]]);
  });

  it.each([
    ["of another operation", { ...found, operation: "performAction" }],
    ["that matched none", { ...found, operation: "" }],
    ["that was cut", { ...found, cut: true as const }],
    ["that broke off", { ...found, body: JSON.stringify(found.body).slice(0, -1) }],
    ["that is no object", { ...found, body: [found.body] }],
    ["that is null", { ...found, body: "null" }],
  ])("looks into no body %s", (_what, made) => {
    expect(rule.judge(journalOf(made))).toEqual([]);
  });
});

describe("the rules", () => {
  it("have ids of their own that begin with the vendor's name", () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^qualys\.[a-z]+\.[a-z-]+$/.test(id))).toEqual([]);
  });

  it("say what to do in one sentence, and where that is written", () => {
    const unsaid = rules.filter(
      ({ title, fix, source }) =>
        !/^\w.*[^.]$/.test(title) || !/^[A-Z].*\w\.$/.test(fix) || !/Qualys/.test(source),
    );
    expect(unsaid).toEqual([]);
  });

  it.each(rules)("$id has nothing to say of a journal without its vendor's calls", ({ judge }) => {
    expect(judge([])).toEqual([]);
    expect(judge(journalOf({}, { operation: "listAssets", status: 500 }))).toEqual([]);
  });
});
