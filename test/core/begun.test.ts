import { describe, expect, test } from "vitest";
import { begun } from "../../src/core/begun.ts";

describe("work that begins at once", () => {
  test("has begun before its result is awaited", () => {
    let isBegun = false;
    void begun(() => {
      isBegun = true;
    });
    expect(isBegun).toBe(true);
  });

  test("gives its result, or its own promise", async () => {
    const own = Promise.resolve(2);
    expect(await begun(() => 1)).toBe(1);
    expect(begun(() => own)).toBe(own);
  });

  test("rejects if it throws", async () => {
    const thrown = new Error("no");
    await expect(
      begun(() => {
        throw thrown;
      }),
    ).rejects.toBe(thrown);
  });
});
