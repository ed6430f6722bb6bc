import { describe, expect, test } from "vitest";
import { promiseTry } from "../../src/core/promise-try.ts";

describe("tried work", () => {
  test("has promiseTry before its result is awaited", () => {
    let isBegun = false;
    void promiseTry(() => {
      isBegun = true;
    });
    expect(isBegun).toBe(true);
  });

  test("gives its result, or its own promise", async () => {
    const own = Promise.resolve(2);
    expect(await promiseTry(() => 1)).toBe(1);
    expect(promiseTry(() => own)).toBe(own);
  });

  test("rejects if it throws", async () => {
    const thrown = new Error("no");
    await expect(
      promiseTry(() => {
        throw thrown;
      }),
    ).rejects.toBe(thrown);
  });
});
