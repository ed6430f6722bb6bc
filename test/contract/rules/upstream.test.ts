import { expect, it } from "vitest";
import { upstreamDrift, upstreamHeldBack } from "../../../src/contract/rules/upstream.ts";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { journal } from "../../support/journals.ts";

const seen = (upstream: Exchange["upstream"]): Exchange[] =>
  journal({}).map((exchange) => ({ ...exchange, ...(upstream && { upstream }) }));

const drift = { where: "/status", what: "must be string", basis: "recorded" };

it("says where the server departs from the document, on the document's basis", () => {
  expect(upstreamDrift.judge(seen({ drifts: [drift] }))).toEqual([
    { exchanges: [1], what: "strike /status: must be string", basis: "recorded" },
  ]);
});

it("says which calls were held back", () => {
  expect(upstreamHeldBack.judge(seen({ heldBack: true, drifts: [] }))).toEqual([
    { exchanges: [1], what: "strike was held back" },
  ]);
  expect(upstreamHeldBack.severity).toBe("info");
});

it.each([
  ["no real server", undefined],
  ["a reply that fits", { drifts: [] }],
])("says nothing of %s", (_, upstream) => {
  expect(upstreamDrift.judge(seen(upstream))).toEqual([]);
  expect(upstreamHeldBack.judge(seen(upstream))).toEqual([]);
});
