import { expect, it } from "vitest";
import { missingConnection, takenIn } from "../../src/contract/impostor.ts";

it("without a connection nothing can be told", () => {
  expect(missingConnection({ connections: 0, requests: 0 })).toMatch(/none came/);
  expect(missingConnection({ connections: 1, requests: 0 })).toBeUndefined();
});

it.each([
  ["unknown-ca", "a CA that it was not told to trust"],
  ["wrong-name", "for another host"],
] as const)(
  "a request to an impostor (%s) is a flaw that names the certificate's",
  (kind, named) => {
    expect(takenIn(kind, { connections: 1, requests: 0 })).toEqual([]);
    const [flaw] = takenIn(kind, { connections: 2, requests: 2 });
    expect(flaw?.what).toContain(named);
  },
);
