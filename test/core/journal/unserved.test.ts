import { expect, it } from "vitest";
import type { Refusal } from "../../../src/core/errors.ts";
import { unservedCalls, unservedLine } from "../../../src/core/journal/unserved.ts";
import { journal } from "../../support/journals.ts";

const notServed = (path: string, what: string, more: Partial<Refusal> = {}) => ({
  status: 404,
  refusal: {
    kind: "not-served",
    method: "GET",
    path,
    what,
    basis: "recorded",
    source: "A log",
    ...more,
  } as Refusal,
});

it("counts the calls, the most frequent first, whatever the ids in their paths", () => {
  const calls = unservedCalls(
    journal(
      {},
      notServed("/acme/paint", "paint a device"),
      notServed("/acme/users/1", "read a user"),
      notServed("/acme/users/2", "read a user"),
    ),
  );
  expect(calls.map(unservedLine)).toEqual([
    "2 × acme GET /acme/users/1 (read a user)",
    "1 × acme GET /acme/paint (paint a device)",
  ]);
});

it.each([
  ["a call that fauxdr serves", {}],
  ["a call that is refused", { status: 400, refusal: { kind: "failure", reason: "" } as Refusal }],
  ["one that a fault rule refuses so", notServed("/acme/x", "x", { onRequest: true })],
])("does not count %s", (_, step) => {
  expect(unservedCalls(journal(step))).toEqual([]);
});
