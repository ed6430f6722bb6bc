import { expect, it } from "vitest";
import { missingConnection, takenIn } from "../../src/contract/impostor.ts";

it("without a connection nothing can be told", () => {
  expect(missingConnection("unknown-ca", { connections: 0, requests: 0 })).toBe(
    "the case needs a connection to judge, but none came",
  );
  expect(missingConnection("unknown-ca-later", { connections: 0, requests: 0 })).toBe(
    "the case needs a connection after the certificate changed to judge, but none came",
  );
  expect(missingConnection("unknown-ca", { connections: 1, requests: 0 })).toBeUndefined();
});

it.each([
  ["unknown-ca", "a CA that it was not told to trust"],
  ["wrong-name", "for another host"],
  ["unknown-ca-later", "although its first call had met a right one"],
] as const)(
  "a request to an impostor (%s) is a flaw that names the certificate's",
  (kind, named) => {
    expect(takenIn(kind, { connections: 1, requests: 0 })).toEqual([]);
    const [flaw] = takenIn(kind, { connections: 2, requests: 2 });
    expect(flaw?.what).toContain(named);
  },
);
