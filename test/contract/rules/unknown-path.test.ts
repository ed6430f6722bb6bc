import { expect, it } from "vitest";
import { foreignPath, unknownPath } from "../../../src/contract/rules/unknown-path.ts";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { journal, type Step } from "../../support/journals.ts";

/** Exchanges that are no vendor's. */
const strange = (...steps: Step[]): Exchange[] =>
  journal(...steps).map(({ vendor: _, operation: __, ...exchange }) => exchange);

it("names every request that is no vendor's, by method and path", () => {
  const [, ...others] = strange({}, { url: "/api/v1/nothing" }, { url: "/" });
  expect(foreignPath.judge([...journal({}), ...others])).toEqual([
    { exchanges: [2], what: "no vendor has POST /api/v1/nothing" },
    { exchanges: [3], what: "no vendor has POST /" },
  ]);
});

it("ignores bytes that are not a request, which the server refuses", () => {
  const refusal = { kind: "malformed", reason: "no HTTP" } as const;
  expect(foreignPath.judge(strange({ status: 400, refusal }))).toEqual([]);
});

const unknown = { kind: "no-operation", method: "POST", path: "/x", nearest: "POST /y" } as const;

it("names a path of the vendor's that no source knows, and the call that is nearest to it", () => {
  expect(unknownPath.judge(journal({}, { status: 404, refusal: unknown }))).toEqual([
    {
      exchanges: [2],
      what: "no public source has strike; the nearest call is POST /y",
      fix: "Check the path against POST /y.",
    },
  ]);
});

it("has nothing against one that a reserved target asked for", () => {
  const refusal = { ...unknown, onRequest: true } as const;
  expect(unknownPath.judge(journal({ status: 404, refusal }))).toEqual([]);
});

it.each([unknownPath, foreignPath])(
  "is a should, because an undocumented call may exist",
  (rule) => {
    expect([rule.id, rule.severity]).toEqual(["request.unknown-path", "should"]);
  },
);
