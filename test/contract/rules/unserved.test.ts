import { expect, it } from "vitest";
import { unserved } from "../../../src/contract/rules/unserved.ts";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { journal, type Step } from "../../support/journals.ts";

/** Exchanges that are no vendor's. */
const strange = (...steps: Step[]): Exchange[] =>
  journal(...steps).map(({ vendor: _, operation: __, ...exchange }) => exchange);

it("names every request that is no vendor's, by method and path", () => {
  const [, ...others] = strange({}, { url: "/api/v1/nothing" }, { url: "/" });
  expect(unserved.judge([...journal({}), ...others])).toEqual([
    { exchanges: [2], what: "nobody serves POST /api/v1/nothing" },
    { exchanges: [3], what: "nobody serves POST /" },
  ]);
});

it("has nothing against what is no request, which the server refuses", () => {
  const refusal = { kind: "malformed", reason: "no HTTP" } as const;
  expect(unserved.judge(strange({ status: 400, refusal }))).toEqual([]);
});

it("is a must", () => {
  expect([unserved.id, unserved.severity]).toEqual(["request.unserved", "must"]);
});
