import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { signatureRules } from "../../../../src/vendors/cortex/rules/signature.ts";
import { CLOCK, NOW, quarantine, signed } from "../../../support/cortex.ts";

const found = (mock: Mock): unknown[] =>
  signatureRules.flatMap(({ id, judge }) =>
    judge(mock.journal.entries()).map(({ exchanges }) => [id, exchanges]),
  );

const MINUTE = 60_000;

const call = async (mock: Mock, nonce: string, timestamp = NOW): Promise<number> =>
  (await quarantine(mock, { headers: signed({ nonce, timestamp }) })).status;

describe("a nonce", () => {
  it("that signs one call after the other is a hint that names them", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const nonce of ["a", "a", "b", "b"]) expect(await call(mock, nonce)).toBe(200);
    expect(found(mock)).toEqual([["cortex.signature.nonce-reused", [2, 4]]]);
  });

  it("that is new for each call is no flaw", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const nonce of ["a", "b", "c"]) await call(mock, nonce);
    expect(found(mock)).toEqual([]);
  });

  it("counts as used only by a call that was let in", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const forged = signed({ nonce: "a", timestamp: NOW, key: "forged" });
    expect((await quarantine(mock, { headers: forged })).status).toBe(401);
    await call(mock, "a");
    expect(found(mock)).toEqual([]);
  });

  it("is another one in another tenant, and after a reset", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await call(mock, "a");
    mock.reset();
    await call(mock, "a");
    expect(found(mock)).toEqual([]);
  });

  it("is kept out of the journal", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (let times = 0; times < 2; times++) await call(mock, "anoncethatnobodyelsehas");
    expect(JSON.stringify(mock.journal.entries())).not.toContain("anoncethatnobodyelsehas");
  });
});

describe("a timestamp", () => {
  it.each([
    ["behind", NOW - 5 * MINUTE - 1],
    ["ahead", NOW + 5 * MINUTE + 1],
    ["behind, as far as is let in", NOW - 15 * MINUTE],
  ])("that is more than five minutes %s is found", async (_, timestamp) => {
    await using mock = await startMock({ clock: CLOCK });
    expect(await call(mock, "a", timestamp)).toBe(200);
    expect(found(mock)).toEqual([["cortex.signature.stale", [1]]]);
  });

  it.each([
    ["now", NOW],
    ["five minutes behind", NOW - 5 * MINUTE],
    ["five minutes ahead", NOW + 5 * MINUTE],
  ])("that is %s is not", async (_, timestamp) => {
    await using mock = await startMock({ clock: CLOCK });
    await call(mock, "a", timestamp);
    expect(found(mock)).toEqual([]);
  });

  it("is measured by the window that the tenant has", async () => {
    await using mock = await startMock({ clock: CLOCK, signatureWindowSeconds: 30 });
    await call(mock, "a", NOW - 10_001);
    expect(found(mock)).toEqual([["cortex.signature.stale", [1]]]);
  });
});

it("shows its remarks in the control API's journal", async () => {
  await using mock = await startMock({ clock: CLOCK });
  for (let times = 0; times < 2; times++) await call(mock, "a", NOW - 6 * MINUTE);
  const reply = await fetch(`${mock.url}/__admin/requests`);
  expect(reply.status).toBe(200);
  expect(JSON.stringify(await reply.json())).toContain(
    `"remarks":["the nonce is the one of the previous call","the timestamp is far from the server's clock"]`,
  );
});
