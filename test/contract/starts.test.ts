import { describe, expect, it } from "vitest";
import { firstCall, limitStarts } from "../../src/contract/starts.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { journal } from "../support/journals.ts";

describe("a limit of starts", () => {
  it("lets that many clients start, and each next one when one of them has", async () => {
    const starts = limitStarts(2);
    const started: string[] = [];
    const start = async (name: string) => {
      const letNext = await starts.next();
      started.push(name);
      return letNext;
    };
    const [a, b, c, d] = ["a", "b", "c", "d"].map(start);
    await Promise.all([a, b]);
    expect(started).toEqual(["a", "b"]);
    (await b)?.();
    (await c)?.();
    (await d)?.();
    expect(started).toEqual(["a", "b", "c", "d"]);
  });

  it("has room again after all have started", async () => {
    const starts = limitStarts(1);
    (await starts.next())();
    (await starts.next())();
    const letNext = await starts.next();
    let hasStarted = false;
    const late = starts.next().then(() => {
      hasStarted = true;
    });
    await Promise.resolve();
    expect(hasStarted).toBe(false);
    letNext();
    await late;
  });
});

const never = new Promise<never>(() => {});

const exchangesOf =
  (...answers: (() => readonly Exchange[])[]) =>
  async () =>
    (answers.length > 1 ? answers.shift() : answers[0])?.() ?? [];

describe("the first call", () => {
  it("has come when the tenant, which may not exist at first, has an exchange", async () => {
    const missing = () => {
      throw new Error("no such tenant");
    };
    const exchanges = exchangesOf(
      missing,
      () => [],
      () => journal({}),
    );
    await firstCall({ exchanges }, "case-1", never);
  });

  it("has not come while there is no exchange, nor twice after it has", async () => {
    let looks = 0;
    let calls: readonly Exchange[] = [];
    const exchanges = async () => {
      if (++looks === 3) calls = journal({});
      return calls;
    };
    await firstCall({ exchanges }, "case-1", never);
    expect(looks).toBe(3);
  });

  it.each([
    ["ends", async () => {}],
    ["fails", () => Promise.reject(new Error("no"))],
  ])("is not waited for after a run that %s", async (_, run) => {
    await firstCall({ exchanges: exchangesOf(() => []) }, "case-1", run());
  });
});
