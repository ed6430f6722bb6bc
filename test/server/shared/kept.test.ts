import { describe, expect, test } from "vitest";
import { createKept } from "../../../src/server/shared/kept.ts";

/** Room for two. Those in `busy` may not leave. */
function setUp() {
  const busy = new Set<string>();
  const left: string[] = [];
  const trouble: { leaving?: Error } = {};
  const kept = createKept<string>({
    limit: 2,
    mayLeave: (one) => !busy.has(one),
    leave: async (name) => {
      if (trouble.leaving) throw trouble.leaving;
      left.push(name);
    },
  });
  const load = (name: string) => kept.keep(name, Promise.resolve(name));
  return { kept, busy, left, load, trouble };
}

describe("the memory of a server", () => {
  test("gives a promise while it loads, then what was loaded", async () => {
    const { kept, load } = setUp();
    const coming = load("a");
    expect(kept.get("a")).toBe(coming);
    expect(await coming).toBe("a");
    expect(kept.get("a")).toBe("a");
  });

  test("forgets what does not exist, so that it takes no room", async () => {
    const { kept, left, load } = setUp();
    expect(await kept.keep("none", Promise.resolve(undefined))).toBeUndefined();
    expect(kept.get("none")).toBeUndefined();
    await load("a");
    await load("b");
    expect(left).toEqual([]);
  });

  test("forgets what failed to load, and passes the error on", async () => {
    const { kept } = setUp();
    await expect(kept.keep("a", Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(kept.get("a")).toBeUndefined();
    expect(await kept.all()).toEqual([]);
  });

  test("keeps what was loaded even if another one cannot leave", async () => {
    const { kept, load, trouble } = setUp();
    await load("a");
    await load("b");
    trouble.leaving = new Error("away");
    await expect(load("c")).rejects.toThrow("away");
    expect(kept.get("c")).toBe("c");
  });

  test("does not keep what was forgotten while it loaded", async () => {
    const { kept, load } = setUp();
    const old = load("a");
    kept.forget("a");
    await old;
    expect(kept.get("a")).toBeUndefined();
  });

  test("drops the least recently used when there are too many", async () => {
    const { kept, left, load } = setUp();
    await load("a");
    await load("b");
    kept.get("a");
    await load("c");
    expect(left).toEqual(["b"]);
    expect(await kept.all()).toEqual(["a", "c"]);
  });

  test("never drops what may not leave", async () => {
    const { kept, left, busy, load } = setUp();
    busy.add("a");
    await load("a");
    await load("b");
    await load("c");
    expect(left).toEqual(["b"]);
    busy.add("c");
    await load("d");
    expect(left).toEqual(["b", "d"]);
    expect(await kept.all()).toEqual(["a", "c"]);
  });
});
