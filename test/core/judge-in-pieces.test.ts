import { expect, it } from "vitest";
import { judgeEach, judgeInPieces } from "../../src/core/judge-in-pieces.ts";
import { journal } from "../support/journals.ts";

const flaw = (id: number) => ({ exchanges: [id], what: `call ${id}` });

it("a judge of each exchange finds the same at once and in pieces, one an exchange", () => {
  const judge = judgeEach(({ id }) => (id === 2 ? [flaw(id), flaw(id)] : []));
  const exchanges = journal({}, {}, {});
  expect(judge(exchanges)).toEqual([flaw(2), flaw(2)]);
  const work = judge.pieces?.(exchanges)[Symbol.iterator]();
  const steps = [1, 2, 3, 4].map(() => work?.next());
  expect(steps.map((step) => step?.done)).toEqual([false, false, false, true]);
  expect(steps.at(-1)?.value).toEqual([flaw(2), flaw(2)]);
});

it("a judge that fails in a piece fails", () => {
  const judge = judgeInPieces(function* () {
    yield;
    throw new Error("broken");
  });
  expect(() => judge([])).toThrow("broken");
});
