import { describe, expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import { type Mock, startMock } from "../../src/mock.ts";
import { CLOCK } from "../support/cortex.ts";

/** Everything in a mock that a refused call must not change. */
const stateOf = ({ clock, store, faults }: Mock): unknown =>
  structuredClone({ clock: clock.state(), store: store.state(), faults: faults.list() });

const send = (mock: Mock, method: string, path: string, body: unknown): Promise<Response> =>
  fetch(`${mock.url}/__admin/tenants/default/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

describe("a clock move over the network", () => {
  it.each([
    [{ advanceSeconds: 1e15 }, /9000-01-01/],
    [{ advanceSeconds: 8e12 }, /9000-01-01/],
    [{ advanceSeconds: 0.0005 }, /at most three decimals, not 0.0005/],
    [{ set: "9999-01-01T00:00:00Z" }, /9000-01-01/],
    [{ freeze: "9999-01-01T00:00:00Z" }, /9000-01-01/],
    [{ set: "2020-01-01T00:00:00Z" }, /cannot go back/],
  ])("%j is refused, and changes nothing", async (move, why) => {
    await using mock = await startMock({ clock: CLOCK });
    const before = stateOf(mock);
    const reply = await send(mock, "POST", "clock", move);
    expect([reply.status, ((await reply.json()) as { error: string }).error]).toEqual([
      400,
      expect.stringMatching(why),
    ]);
    expect(stateOf(mock)).toEqual(before);
    expect((await fetch(`${mock.url}/__admin/tenants`)).status).toBe(200);
  });

  it("by 1.1 seconds, which is no exact binary number, is accepted", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const before = mock.clock.now();
    expect((await send(mock, "POST", "clock", { advanceSeconds: 1.1 })).status).toBe(200);
    expect(mock.clock.now()).toBe(before + 1100);
  });
});

describe("a snapshot that cannot be read", () => {
  type Rows = readonly (readonly [string, Record<string, unknown>])[];
  interface Loose {
    clock: unknown;
    random: unknown;
    store: { tables: Record<string, Rows>; sequences: Record<string, unknown> };
  }
  const tableOf = (snapshot: Loose, name: string): Rows => snapshot.store.tables[name] as Rows;
  const BROKEN: readonly [string, (snapshot: Loose) => void, RegExp][] = [
    ["a clock that is far off", (s) => Object.assign(s, { clock: { offset: 1e300 } }), /"clock"/],
    [
      "a clock within a millisecond",
      (s) => Object.assign(s, { clock: { frozenAt: 0.5 } }),
      /"clock"/,
    ],
    ["a chance of fractions", (s) => Object.assign(s, { random: [0.5, 0, 0, 0] }), /"random"/],
    ["a sequence below nothing", (s) => Object.assign(s.store.sequences, { x: -1 }), /"store"/],
    ...["cortex.endpoints", "qualys.assets", "qualys.events"].flatMap(
      (name): [string, (snapshot: Loose) => void, RegExp][] => [
        [
          `an empty row of ${name}`,
          (s) => Object.assign(s.store.tables, { [name]: [["a", {}]] }),
          /the row "a"/,
        ],
        [
          `a row of ${name} under another key`,
          (s) => Object.assign(s.store.tables, { [name]: [["a", tableOf(s, name)[0]?.[1]]] }),
          /under another key/,
        ],
        [
          `a row of ${name} with a member of another type`,
          (s) => {
            const row = tableOf(s, name)[0]?.[1] ?? {};
            for (const member of Object.keys(row).slice(1, 2)) row[member] = { not: "that" };
          },
          /cannot be understood at \//,
        ],
      ],
    ),
    [
      "an action that began in the year 20000",
      (s) => {
        const pace = { mode: "time", step: 1, timeout: 1, expiry: 1 };
        const row = { id: "1", kind: "scan", at: 6e14, polls: 0, pace, targets: [] };
        Object.assign(s.store.tables, { "cortex.actions": [["1", row]] });
      },
      /at \/at/,
    ],
  ];

  it.each(BROKEN)("with %s is refused, and changes nothing", async (_what, harm, why) => {
    await using mock = await startMock({ clock: CLOCK });
    const snapshot = mock.snapshot() as unknown as Loose;
    harm(snapshot);
    const before = stateOf(mock);
    expect(() => mock.restore(snapshot)).toThrow(KitError);
    expect(() => mock.restore(snapshot)).toThrow(why);
    expect((await send(mock, "PUT", "snapshot", snapshot)).status).toBe(400);
    expect(stateOf(mock)).toEqual(before);
  });

  it("one that was taken is restored", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const snapshot = mock.snapshot();
    mock.restore(JSON.parse(JSON.stringify(snapshot)));
    expect(mock.snapshot()).toEqual(snapshot);
  });
});

describe("in turns with other work", () => {
  it("a snapshot is that of the moment of the call, and is restored", async () => {
    await using mock = await startMock({ clock: CLOCK, fleet: 510 });
    const expected = mock.snapshot();
    const taking = mock.inTurns.snapshot();
    mock.clock.advance(1000);
    mock.store.append("test.list", "a", "later");
    const snapshot = await taking;
    expect(snapshot).toEqual(expected);
    await mock.inTurns.restore(snapshot);
    expect(mock.snapshot()).toEqual(expected);
  });

  it("a reset is the same as at once", async () => {
    await using mock = await startMock({ clock: CLOCK, fleet: 20 });
    const first = mock.snapshot();
    mock.clock.advance(1000);
    await mock.inTurns.reset();
    expect([mock.snapshot(), mock.scenario]).toEqual([first, "ordinary"]);
    await mock.inTurns.reset("flaky-gateway");
    expect(mock.scenario).toBe("flaky-gateway");
  });

  it.each<[string, (mock: Mock) => Promise<unknown>, RegExp]>([
    ["an unknown scenario", (mock) => mock.inTurns.reset("nope"), /no scenario "nope"/],
    ["what is no snapshot", (mock) => mock.inTurns.restore({}), /not a snapshot/],
  ])("%s is refused, and changes nothing", async (_, refused, why) => {
    await using mock = await startMock({ clock: CLOCK });
    mock.clock.advance(1000);
    const before = stateOf(mock);
    await expect(refused(mock)).rejects.toThrow(why);
    expect(stateOf(mock)).toEqual(before);
  });
});
