import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Fault } from "../../src/index.ts";
import { CLOCK } from "../support/cortex.ts";
import { bytesOf, cortexCall, qualysCall } from "../support/good-calls.ts";
import { exchange } from "../support/raw-socket.ts";
import { startWatched, until, type Watched } from "../support/watched.ts";

const MINUTE = 60_000;

/** A mock whose clock stands still, and whose quarantine calls get a fault. */
async function late(fault: Fault = { kind: "delay", delayMs: MINUTE }): Promise<Watched> {
  const mock = await startWatched({ clock: CLOCK });
  mock.faults.add({ operation: "quarantineFiles", fault });
  return mock;
}

const post = (mock: Watched, { path, headers, body } = cortexCall, signal?: AbortSignal) => {
  const init = { method: "POST", headers: headers as Record<string, string>, body };
  return fetch(`${mock.url}${path}`, signal ? { ...init, signal } : init);
};

/** Sends a call that is delayed. Resolves when it is waiting, with a promise of its result. */
async function held(mock: Watched, signal?: AbortSignal): Promise<{ reply: Promise<string> }> {
  const reply = post(mock, cortexCall, signal)
    .then(async (got) => `${got.status} ${await got.text()}`)
    .catch((error: Error) => error.name);
  await until(() => mock.journal.entries().at(-1)?.fault !== undefined);
  return { reply };
}

const GRANTED = `200 ${cortexCall.granted.document}`;

describe("a reply that a frozen clock delays", () => {
  it("is open in the journal until the clock has been advanced, and not an instant longer", async () => {
    await using mock = await late();
    const { reply } = await held(mock);
    const [entry] = mock.journal.entries();
    expect(entry).toMatchObject({ open: true, fault: { kind: "delay", effect: true } });
    expect(entry?.reply).toBeUndefined();
    mock.clock.advance(MINUTE - 1);
    // Others are not held up.
    expect((await post(mock, qualysCall)).status).toBe(200);
    expect((await mock.closed()).vendor).toBe("qualys");
    expect(mock.journal.entries()[0]?.open).toBe(true);
    mock.clock.advance(1);
    expect(await reply).toBe(GRANTED);
    const closed = await mock.closed();
    expect(closed).toMatchObject({ id: 1, reply: { status: 200 } });
    expect(closed.open).toBeUndefined();
    expect(closed.reply?.headers["date"]).toBe("Sat, 31 Jan 2026 12:01:00 GMT");
  });

  it("takes effect before it is out", async () => {
    await using mock = await late();
    await held(mock);
    expect(mock.actions.list()).toHaveLength(1);
  });

  it("is let go when the control API advances the clock", async () => {
    await using mock = await late({ kind: "refusal", refusal: "failure", delayMs: MINUTE });
    const { reply } = await held(mock);
    await fetch(`${mock.url}/__admin/tenants/default/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advanceSeconds: 60 }),
    });
    expect(await reply).toMatch(/^500 /);
    expect(mock.actions.list()).toEqual([]);
  });

  it("waits in the clock of its own tenant", async () => {
    await using mock = await late();
    const other = await mock.tenant({ clock: CLOCK });
    const { reply } = await held(mock);
    other.clock.advance(MINUTE);
    other.reset();
    expect((await post(mock, qualysCall)).status).toBe(200);
    expect(mock.journal.entries()[0]?.open).toBe(true);
    mock.clock.advance(MINUTE);
    expect(await reply).toBe(GRANTED);
  });

  it("is let go by a reset of the tenant, into a journal that is empty", async () => {
    await using mock = await late();
    const { reply } = await held(mock);
    mock.reset();
    expect(await reply).toBe(GRANTED);
    await mock.closed();
    expect([mock.journal.entries(), mock.actions.list()]).toEqual([[], []]);
  });

  it("is let go by the snapshot that the tenant is put into", async () => {
    await using mock = await late();
    const snapshot = mock.snapshot();
    const { reply } = await held(mock);
    mock.restore(snapshot);
    expect(await reply).toBe(GRANTED);
  });

  it("is let go when the tenant is forgotten", async () => {
    await using mock = await startWatched();
    const other = await mock.tenant({ name: "other", clock: CLOCK });
    other.faults.add({ fault: { kind: "delay", delayMs: MINUTE } });
    const { "x-xdr-auth-id": id = "", key = "" } = other.credentials["cortex"]?.[0]?.values ?? {};
    const headers = { ...cortexCall.headers, "x-xdr-auth-id": id, authorization: key };
    const reply = post(mock, { ...cortexCall, headers });
    await until(() => other.journal.entries().at(-1)?.fault !== undefined);
    await fetch(`${mock.url}/__admin/tenants/other`, { method: "DELETE" });
    expect((await reply).status).toBe(200);
  });

  it("does not keep the mock from closing", async () => {
    const mock = await late();
    const { reply } = await held(mock);
    await mock.close();
    expect(await reply).toBe("TypeError");
    expect(await mock.closed()).toMatchObject({ aborted: true, fault: { effect: true } });
  });

  it("is recorded as aborted when its client hangs up, which took effect all the same", async () => {
    await using mock = await late();
    const impatience = new AbortController();
    const { reply } = await held(mock, impatience.signal);
    impatience.abort();
    expect(await reply).toBe("AbortError");
    const closed = await mock.closed();
    expect(closed).toMatchObject({
      aborted: true,
      operation: "quarantineFiles",
      fault: { kind: "delay", effect: true },
    });
    expect([closed.open, closed.reply]).toEqual([undefined, undefined]);
    expect(mock.actions.list()).toHaveLength(1);
  });

  it("is sent to a client that has only ended its own half", async () => {
    await using mock = await late();
    const replies = exchange(mock.port, bytesOf(cortexCall), "half-closes");
    await until(() => mock.journal.entries().at(-1)?.fault !== undefined);
    mock.clock.advance(MINUTE);
    expect(await replies).toMatchObject([{ status: 200, body: cortexCall.granted.document }]);
  });
});

it("many faulty replies on one connection leave no listeners on it", async () => {
  const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
  onTestFinished(() => warned.mockRestore());
  await using mock = await late({ kind: "status", status: 503 });
  const kept = bytesOf(cortexCall, { headers: { connection: "keep-alive" } });
  const replies: number[] = [];
  const socket = connect(mock.port, "127.0.0.1");
  for (let call = 0; call < 20; call++) {
    const answered = once(socket, "data");
    socket.write(kept);
    replies.push(Number(String(await answered).slice(9, 12)));
  }
  socket.destroy();
  expect(new Set(replies)).toEqual(new Set([503]));
  expect(warned).not.toHaveBeenCalled();
});

it("a delay between two numbers is drawn from the tenant's seed: the same in every run", async () => {
  const delays: number[] = [];
  for (let run = 0; run < 2; run++) {
    await using mock = await late({ kind: "delay", delayMs: [1000, 2000] });
    const { reply } = await held(mock);
    let waited = 0;
    for (; mock.journal.entries()[0]?.reply === undefined; waited++) {
      expect(waited).toBeLessThanOrEqual(2000);
      mock.clock.advance(1);
      await Promise.resolve();
    }
    expect(await reply).toBe(GRANTED);
    delays.push(waited);
  }
  expect(delays[0]).toBe(delays[1]);
  expect(delays[0]).toBeGreaterThanOrEqual(1000);
});
