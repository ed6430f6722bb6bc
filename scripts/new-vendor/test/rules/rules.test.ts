import request from "supertest";
import { expect, it } from "vitest";
import { startMock } from "../../../../src/mock.ts";

/** What the rules find in an isolation with this body. */
async function findings(body: string): Promise<object[]> {
  await using mock = await startMock();
  const isolate = request(mock.url).post("/acme/devices/laptop/isolate");
  await isolate.set("x-acme-key", "acme-default-key").type("text/plain").send(body);
  return mock.findings().map(({ rule, what }) => ({ rule, what }));
}

it("an isolation with a body is found", async () => {
  expect(await findings("now")).toContainEqual({
    rule: "acme.isolate.body",
    what: "the isolation has a body of 3 bytes",
  });
});

it("an isolation without a body is not", async () => {
  expect(await findings("")).toEqual([]);
});
