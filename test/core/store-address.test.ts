import { describe, expect, it } from "vitest";
import { readStoreAddress } from "../../src/core/store-address.ts";

describe("the address of a store", () => {
  it("names one server, with user, password and database", () => {
    expect(readStoreAddress("rediss://me:p%40ss@cache.test:6380/3")).toEqual({
      kind: "single",
      isTls: true,
      nodes: [{ host: "cache.test", port: 6380 }],
      user: "me",
      password: "p@ss",
      database: 3,
      master: "mymaster",
      shown: "rediss://cache.test:6380/3",
    });
  });

  it.each([
    ["redis://a", "single", [{ host: "a", port: 6379 }]],
    ["redis://[::1]:7000", "single", [{ host: "::1", port: 7000 }]],
    [
      "redis-cluster://a:7000,b",
      "cluster",
      [
        { host: "a", port: 7000 },
        { host: "b", port: 6379 },
      ],
    ],
    ["redis-sentinel://a", "sentinel", [{ host: "a", port: 26_379 }]],
  ])("%s names the nodes of a %s, with the usual ports", (text, kind, nodes) => {
    expect(readStoreAddress(text)).toMatchObject({ kind, nodes, isTls: false });
  });

  it("names the master of Sentinels", () => {
    expect(readStoreAddress("redis-sentinel://a,b/2#main")).toMatchObject({
      master: "main",
      database: 2,
    });
  });

  it.each([
    "redis://",
    "redis://a,b",
    "redis://a#main",
    "redis://a:99999",
    "redis://a:0",
    "redis-cluster://a/1",
    "redis-cluster://a#main",
    "redis-cluster://a,",
    "redis-other://a",
    "redis://%zz:x@a",
    "redis://a b",
    "http://a",
  ])("is not %s", (text) => {
    expect(readStoreAddress(text)).toBeUndefined();
  });
});
