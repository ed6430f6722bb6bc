import { expect, it } from "vitest";
import {
  checkCertificateNames,
  checkOrigins,
  checkStore,
  checkToken,
  listOf,
} from "../../src/settings/checks.ts";

it("a list may have spaces, and nothing between its commas", () => {
  expect(listOf(" a, b ,,c,")).toEqual(["a", "b", "c"]);
  expect(listOf("")).toEqual([]);
});

it.each([
  "",
  "a",
  "a.b-c.test",
  "*.a.test",
  "Api-X.test",
  "10.0.0.1,::1, my_service",
  "xn--bcher-kva.example",
])("%j are names for a certificate", (list) => expect(checkCertificateNames(list)).toBeUndefined());

it.each([
  "http://a",
  "a:443",
  "a b",
  "-a",
  "a..b",
  "*",
  "a.*.test",
  "bücher.example",
  "a,b/c",
  "[::1]",
])("%j are none", (list) =>
  expect(checkCertificateNames(list)).toBe("must be host names and addresses, separated by commas"),
);

it.each([
  "",
  "*",
  "https://a.test",
  "http://localhost:3000, https://a.test:8443",
  "chrome-extension://abcdef",
])("%j are origins", (list) => expect(checkOrigins(list)).toBeUndefined());

it.each([
  "a.test",
  "https://a.test/",
  "https://a.test/x",
  "https://a.test:443",
  "https://A.test",
  "null",
  "https://*.a.test:x",
  "javascript:0",
])("%j are none", (list) =>
  expect(checkOrigins(list)).toBe(
    "must be * or origins such as https://app.example:8080, separated by commas",
  ),
);

it.each(["a b", "ä", "a\n", "=a", 'a"'])("%j is no token that a header could carry", (token) =>
  expect(checkToken(token)).toBe("must consist of letters, digits and -._~+/, and may end with ="),
);

it.each([
  "memory",
  "redis://127.0.0.1",
  "redis://user:word@cache.test:6380/3",
  "rediss://cache.test",
  "redis-cluster://a:7000,b:7001",
  "rediss-sentinel://user:word@a,b:26380/2#main",
])("%j is a place of a store", (place) => expect(checkStore(place)).toBeUndefined());

it.each(["", "Memory", "redis", "redis://", "redis:///0", "http://127.0.0.1:6379", "redis://a b"])(
  "%j is none",
  (place) =>
    expect(checkStore(place)).toMatch(
      /^must be memory, or a URL such as redis:\/\/127\.0\.0\.1:6379\/0, /,
    ),
);
