import { expect, it } from "vitest";
import { monotonic } from "../../src/core/clock.ts";
import { atOnce, inTurns } from "../../src/core/in-turns.ts";

const work = function* (pieces: number, ms: number): Iterable<unknown> {
  for (let piece = 0; piece < pieces; piece++) {
    const since = monotonic();
    while (monotonic() - since < ms);
    yield;
  }
};

it("other work gets a turn after each piece that takes long", async () => {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns++;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await inTurns(work(3, 9));
  isDone = true;
  expect(turns).toBeGreaterThanOrEqual(3);
});

it("what a piece throws is the rejection, and no later piece runs", async () => {
  let ran = 0;
  const failing = function* (): Iterable<unknown> {
    ran++;
    yield;
    throw new Error("no");
  };
  await expect(inTurns(failing())).rejects.toThrow("no");
  expect(ran).toBe(1);
});

it("gives what the work returns, in turns and at once", async () => {
  const counting = function* (): Iterable<unknown, string> {
    yield;
    return "done";
  };
  expect([await inTurns(counting()), atOnce(counting())]).toEqual(["done", "done"]);
});

it("at once, what a piece throws is thrown", () => {
  const failing = function* (): Iterable<unknown> {
    yield;
    throw new Error("no");
  };
  expect(() => atOnce(failing())).toThrow("no");
});
