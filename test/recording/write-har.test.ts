import { expect, it } from "vitest";
import { clean } from "../../src/recording/clean.ts";
import { readHar } from "../../src/recording/har.ts";
import { cleanHar } from "../../src/recording/write-har.ts";
import { harOf } from "../support/recorded.ts";

it("is read back as the same calls", () => {
  const recorded = harOf(
    { url: "https://a.test/x?page=2", body: { a: 1 }, reply: { b: [null, "c"] } },
    { url: "https://a.test/y", method: "GET", status: 404, type: "text/plain", reply: "gone" },
    { url: "https://a.test/z", method: "DELETE", status: 204 },
  );
  const calls = clean(readHar(recorded, "a.har").calls);
  const again = clean(readHar(cleanHar(calls, "1.0.0"), "b.har").calls);
  expect(again).toEqual(calls);
});
