import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../src/index.ts";
import { AGENT, CLOCK, NOW, reserved } from "../../support/qualys.ts";
import { type Answer, login, qualysClient, quarantine } from "../../support/qualys-client.ts";
import { refusal, refused } from "../../support/qualys-refused.ts";

const HOUR = 60 * 60 * 1000;

const rateOf = ({ headers }: Answer): (string | null)[] =>
  ["limit", "window-sec", "remaining", "towait-sec"].map((name) =>
    headers.get(`x-ratelimit-${name}`),
  );

/** Makes so many calls. They need not succeed to be counted. */
async function spend(calls: number, mock: Mock): Promise<void> {
  const client = qualysClient(mock);
  for (let call = 0; call < calls; call++) await client.get("/ioc/x");
}

/** Uses up the window but for so many calls. */
const spendAllBut = (left: number, mock: Mock): Promise<void> => spend(300 - left, mock);

let spent: Promise<unknown> | undefined;

/** A mock that has two calls left in its window. The calls of the first one are in the snapshot of the others. */
async function nearlySpent(): Promise<Mock> {
  const mock = await startMock({ clock: CLOCK, rateLimit: "429" });
  spent ??= spendAllBut(2, mock).then(() => mock.snapshot());
  mock.restore(await spent);
  return mock;
}

const ask = (mock: Mock) => () => qualysClient(mock).get("/ioc/asset/count");

describe("where no rate is limited", () => {
  it("no reply speaks of one", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (let call = 0; call < 301; call++) await qualysClient(mock).get("/ioc/x");
    const answer = await ask(mock)();
    expect(answer.status).toBe(200);
    expect(rateOf(answer)).toEqual([null, null, null, null]);
  });
});

describe.each([
  ["429", "429 TOO_MANY_REQUESTS", "documented"],
  ["409", "409 CONFLICT", "documented-old"],
] as const)("a rate limited with %s", (rateLimit, code, basis) => {
  const usedUp = (at = NOW) =>
    refusal(code, "rate-limited", "The rate limit is exceeded", { basis, at });

  it("lets 300 calls through, and refuses all that follow in the window", async () => {
    await using mock = await startMock({ clock: CLOCK, rateLimit });
    await spendAllBut(1, mock);
    expect((await ask(mock)()).status).toBe(200);
    for (let call = 0; call < 3; call++) {
      expect(await refused(mock, ask(mock))).toEqual(usedUp());
    }
    expect(rateOf(await ask(mock)())).toEqual(["300", "3600", "0", "3600"]);
  });

  it("starts over when the hour since the first call is over, and not before", async () => {
    await using mock = await startMock({ clock: CLOCK, rateLimit });
    await spendAllBut(150, mock);
    mock.clock.advance(HOUR / 2);
    await spendAllBut(150, mock);
    mock.clock.advance(HOUR / 2 - 1);
    expect(await refused(mock, ask(mock))).toEqual(usedUp(mock.clock.now()));
    expect(rateOf(await ask(mock)())).toEqual(["300", "3600", "0", "1"]);
    mock.clock.advance(1);
    const answer = await ask(mock)();
    expect(answer.status).toBe(200);
    expect(rateOf(answer)).toEqual(["300", "3600", "299", "0"]);
  });
});

describe("a limited rate", () => {
  it("is in the headers of every reply after authentication, error responses included", async () => {
    await using mock = await startMock({ clock: CLOCK, rateLimit: "429" });
    const client = qualysClient(mock);
    const asked = [
      await client.get("/ioc/asset/count"),
      await client.get("/ioc/events", { filter: "nonsense" }),
      await client.get("/ioc/x"),
      await client.post("/ioc/events", {}),
      await client.get("/ioc/remediation-actions/activityLog/x"),
      await client.post("/ioc/remediation-actions/performAction", "[", { user: "u", userId: "i" }),
    ];
    expect(asked.map(({ status }) => status)).toEqual([200, 400, 404, 405, 404, 400]);
    expect(asked.map(rateOf)).toEqual(
      [299, 298, 297, 296, 295, 294].map((left) => ["300", "3600", String(left), "0"]),
    );
  });

  it("says with the last allowed call how long to wait for the next", async () => {
    await using mock = await nearlySpent();
    await spend(1, mock);
    mock.clock.advance(HOUR - 1500);
    expect(rateOf(await ask(mock)())).toEqual(["300", "3600", "0", "2"]);
  });

  it("neither counts nor refuses sign-ins, and adds no headers to them", async () => {
    await using mock = await nearlySpent();
    await spend(1, mock);
    for (let call = 0; call < 3; call++) {
      const answer = await login(mock);
      expect(answer.status).toBe(201);
      expect(rateOf(answer)).toEqual([null, null, null, null]);
    }
    const clientId = { clientId: "fauxdr", clientSecret: "fauxdr-password" };
    for (const path of ["/auth/oidc", "/auth/oauth"]) {
      const signIn = () => qualysClient(mock, "").post(path, "", {}, clientId);
      expect((await signIn()).status).toBe(201);
    }
    expect((await ask(mock)()).status).toBe(200);
    expect(await refused(mock, ask(mock))).toMatchObject({ status: 429 });
    expect((await login(mock)).status).toBe(201);
    expect(await refused(mock, () => login(mock, { username: "x", password: "x" }))).toMatchObject({
      status: 401,
    });
  });

  it("does not count calls with unknown credentials", async () => {
    await using mock = await startMock({ clock: CLOCK, rateLimit: "429" });
    for (const token of ["", "x", "fauxdr-expired-token"]) {
      const answer = await qualysClient(mock, token).get("/ioc/asset/count");
      expect(answer.status).toBe(401);
      expect(rateOf(answer)).toEqual([null, null, null, null]);
    }
    expect(rateOf(await ask(mock)())[2]).toBe("299");
  });

  it("is the subscription's: all its users use it up, other tenants do not", async () => {
    await using mock = await nearlySpent();
    await mock.tenant({ name: "acme" });
    const viewer = () => qualysClient(mock, "fauxdr-viewer-token").get("/ioc/asset/count");
    expect((await viewer()).status).toBe(403);
    expect((await ask(mock)()).status).toBe(200);
    expect(await refused(mock, viewer)).toMatchObject({ status: 429 });
    const answer = await qualysClient(mock, "acme-token").get("/ioc/asset/count");
    expect(rateOf(answer)[2]).toBe("299");
  });

  it("queues nothing for the call that it refuses", async () => {
    await using mock = await nearlySpent();
    await spend(2, mock);
    await quarantine(qualysClient(mock), [AGENT]);
    expect(mock.actions.list()).toEqual([]);
  });

  it("starts over with a reset", async () => {
    await using mock = await nearlySpent();
    await spend(2, mock);
    mock.reset();
    expect(rateOf(await ask(mock)())[2]).toBe("299");
  });

  it("has the vendor's error for the agent that is reserved for rate limits", async () => {
    await using mock = await startMock({ clock: CLOCK, rateLimit: "409" });
    await quarantine(qualysClient(mock), [reserved(429)]);
    expect(mock.journal.entries().at(-1)?.reply?.status).toBe(409);
    await quarantine(qualysClient(mock), [reserved(429)]);
    expect(mock.journal.entries().at(-1)?.reply?.status).toBe(200);
  });
});
