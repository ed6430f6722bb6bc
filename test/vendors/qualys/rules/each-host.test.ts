import { expect, it } from "vitest";
import { eachHost } from "../../../../src/vendors/qualys/rules/each-host.ts";
import { journalOf, type Made } from "../../../support/broken-qualys/journal.ts";

const ID = "6fa0a3d0-0000-4000-8000-000000000001";

const sent = (...agentIds: string[]): Made => ({
  operation: "quarantineHostV1",
  url: "/ioc/v1/remediation-actions/quarantineHost",
  body: {
    assetActionParameter: {
      assetActions: agentIds.map((agentId) => ({ agentId, action: "QUARANTINE_HOST" })),
    },
  },
  answer: { requestId: ID, status: "queued" },
});

const asked = (agentId: string, id = ID): Made => ({
  operation: "getRemediationV1",
  url: `/ioc/v1/remediation-actions/activityLog/${id}`,
  answer: { requestId: ID, agentId, status: "success" },
});

const found = (...made: Made[]) => eachHost.judge(journalOf(...made));

it("a call for two hosts of which one is polled is a finding", () => {
  expect(found(sent("a", "b"), asked("a"), asked("a"))).toEqual([
    {
      exchanges: [1, 2, 3],
      what: "the call names 2 hosts, and only 1 of them is looked after",
    },
  ]);
});

it("counts a reply that names no host for none", () => {
  const lost = { ...asked("b"), answer: "" };
  const both = found(sent("a", "b", "c"), asked("aa"), lost, asked("bb"));
  expect(both).toMatchObject([
    { exchanges: [1, 2, 3, 4], what: "the call names 3 hosts, and only 2 of them is looked after" },
  ]);
});

it.each<[string, Made[]]>([
  ["a call whose only poll names no host", [sent("a", "b"), { ...asked("a"), answer: {} }]],
  ["polls before any call", [asked("a"), asked("b")]],
  ["a call for one host", [sent("a"), asked("a")]],
  ["a call that names one host twice", [sent("a", "a"), asked("a")]],
  ["a call that nobody follows", [sent("a", "b")]],
  [
    "a call each of whose hosts is asked for",
    [sent("a", "b"), asked("a", `RTP_${ID}_1-2026_a`), asked("b", `RTP_${ID}_1-2026_b`)],
  ],
  ["a question about another call", [sent("a", "b"), asked("a", "another")]],
])("nothing is wrong with %s", (_, made) => {
  expect(found(...made)).toEqual([]);
});
