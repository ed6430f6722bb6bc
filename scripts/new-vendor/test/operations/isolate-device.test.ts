import request, { type Test } from "supertest";
import { describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { type Mock, startMock } from "../../../../src/mock.ts";

const KEY = { "x-acme-key": "acme-default-key" };

const isolate = ({ url }: Mock, deviceId = "laptop"): Test =>
  request(url).post(`/acme/devices/${deviceId}/isolate`).set(KEY);
const ask = ({ url }: Mock, actionId = "acme-action-1"): Test =>
  request(url).get(`/acme/actions/${actionId}`).set(KEY);

describe.each(WIRE_FORMS)("in the %s form", (wire) => {
  it.each([
    ["laptop", "succeeded"],
    ["fauxdr-fails", "failed"],
  ])("a device is isolated, and its action ends: %s", async (deviceId, end) => {
    await using mock = await startMock({ wire, progress: "polls" });
    const { status, body } = await isolate(mock, deviceId);
    expect([status, body]).toEqual([200, { actionId: "acme-action-1", state: "pending" }]);
    const states = [];
    for (let polls = 0; polls < 3; polls++) states.push((await ask(mock)).body.state);
    expect(states).toEqual(["pending", "running", end]);
  });
});

describe("refuses in one sentence, and changes nothing", () => {
  it.each<[string, (mock: Mock) => Test, number, object]>([
    [
      "a call without a key",
      (mock) => ask(mock).unset("x-acme-key"),
      401,
      { error: "unauthenticated", message: "The x-acme-key header is missing." },
    ],
    [
      "a wrong key",
      (mock) => ask(mock).set("x-acme-key", "no"),
      401,
      { error: "unauthenticated", message: "The key in x-acme-key is wrong." },
    ],
    [
      "an unknown device",
      (mock) => isolate(mock, "nobody"),
      404,
      { error: "no-target", message: "There is no device nobody." },
    ],
    [
      "an unknown action",
      (mock) => ask(mock, "7"),
      404,
      { error: "not-found", message: "There is no action 7." },
    ],
    [
      "a repeated isolation, with the setting on",
      (mock) => isolate(mock),
      409,
      { error: "conflict", message: "The device laptop is being isolated already." },
    ],
  ])("%s", async (_, call, status, body) => {
    await using mock = await startMock({ progress: "manual", acmeRefuseRepeats: true });
    await isolate(mock);
    const before = mock.snapshot();
    const reply = await call(mock);
    expect([reply.status, reply.body]).toEqual([status, body]);
    expect(mock.snapshot()).toEqual(before);
    expect(mock.journal.entries().at(-1)).toMatchObject({ vendor: "acme", reply: { status } });
  });
});

it("refuses a repeated isolation that is running, with the setting on", async () => {
  await using mock = await startMock({ progress: "manual", acmeRefuseRepeats: true });
  await isolate(mock);
  mock.actions.move("acme-action-1");
  expect((await isolate(mock)).status).toBe(409);
  mock.actions.move("acme-action-1");
  expect((await isolate(mock)).status).toBe(200);
});

it("isolates a device twice with the setting off", async () => {
  await using mock = await startMock();
  await isolate(mock);
  expect((await isolate(mock)).body.actionId).toBe("acme-action-2");
});

it("has a separate setting for each tenant", async () => {
  await using mock = await startMock();
  await mock.tenant({ name: "strict", acmeRefuseRepeats: true });
  const strict = (): Test => isolate(mock).set("x-acme-key", "acme-strict-key");
  expect([(await strict()).status, (await strict()).status]).toEqual([200, 409]);
});
