import { expect, it } from "vitest";
import { traceLines } from "../../../src/contract/report/trace.ts";
import { faulted, journal, type Step } from "../../support/journals.ts";
import { result } from "../../support/results.ts";

const traced = (...steps: readonly Step[]) => traceLines(result({ exchanges: journal(...steps) }));

it("begins with the case, its outcome and the number of its calls", () => {
  expect(traced({})[0]).toBe("trace  acme.case.one (document): pass, 1 call");
  expect(traced({}, {})[0]).toBe("trace  acme.case.one (document): pass, 2 calls");
  expect(traced()).toEqual(["trace  acme.case.one (document): pass, 0 calls"]);
});

it("has each call with its reply, a curl command, and the body of the reply", () => {
  const [, call, curl, ...rest] = traced({ answer: { a: 1 }, durationMs: 2.6 });
  expect(call).toBe("  #1 strike -> 200 (ok); 3 ms");
  expect(curl).toMatch(/^ {5}curl /);
  expect(rest.at(-1)).toBe('     <- {"a":1}');
});

it("says what a fault did, and that no reply was sent", () => {
  const call = { status: 0, fault: faulted("EMPTY_RESPONSE"), aborted: true } as const;
  expect(traced(call)[1]).toBe(
    "  #1 strike -> no reply; 2 ms, fault EMPTY_RESPONSE, the connection ended first",
  );
});

it("names a call without an operation by its method and path", () => {
  const [exchange] = journal({ url: "/nowhere" });
  const { operation: _, ...unknown } = exchange as NonNullable<typeof exchange>;
  expect(traceLines(result({ exchanges: [unknown] }))[1]).toBe(
    "  #1 POST /nowhere -> 200 (ok); 2 ms",
  );
});

it("cuts a body after 2000 characters", () => {
  const length = (characters: number) =>
    traced({ answer: "x".repeat(characters - 2) })
      .at(-1)
      ?.replace("     <- ", "");
  expect(length(2000)).toHaveLength(2000);
  expect(length(2001)).toBe(`"${"x".repeat(1999)}…`);
});
