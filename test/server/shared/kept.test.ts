import { describe, expect, test } from "vitest";
import { createKept } from "../../../src/server/shared/kept.ts";

/** Room for two. Those in `busy` may not leave. */
function setUp() {
  const busy = new Set<string>();
  const left: string[] = [];
  const kept = createKept<string>({
    limit: 2,
    mayLeave: (one) => !busy.has(one),
    leave: async (name) => {
      left.push(name);
      kept.forget(name);
    },
  });
  const load = (name: string) => kept.keep(name, Promise.resolve(name));
  return { kept, busy, left, load };
}

describe("what a server keeps in memory", () => {
  test("is a promise as long as it is loaded, then the thing itself", async () => {
    const { kept, load } = setUp();
    const coming = load("a");
    expect(kept.get("a")).toBe(coming);
    expect(await coming).toBe("a");
    expect(kept.get("a")).toBe("a");
  });

  test("is nothing if there is none", async () => {
    const { kept } = setUp();
    expect(await kept.keep("a", Promise.resolve(undefined))).toBeUndefined();
    expect(kept.get("a")).toBeUndefined();
  });

  test("is nothing if loading fails, and whoever waits for it hears why", async () => {
    const { kept } = setUp();
    await expect(kept.keep("a", Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(kept.get("a")).toBeUndefined();
    expect(await kept.all()).toEqual([]);
  });

  test("is not replaced by one that was forgotten while it was loaded", async () => {
    const { kept, load } = setUp();
    const old = load("a");
    kept.forget("a");
    await old;
    expect(kept.get("a")).toBeUndefined();
  });

  test("leaves if there are too many, the one that was used longest ago first", async () => {
    const { kept, left, load } = setUp();
    await load("a");
    await load("b");
    kept.get("a");
    await load("c");
    expect(left).toEqual(["b"]);
    expect(await kept.all()).toEqual(["a", "c"]);
  });

  test("stays while it may not leave, and others leave for it", async () => {
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
