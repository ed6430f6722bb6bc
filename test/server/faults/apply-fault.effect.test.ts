import { describe, expect, it } from "vitest";
import { FAULTS, type Fault } from "../../../src/core/faults/fault.ts";
import { cortexCall, type GoodCall, qualysCall } from "../../support/good-calls.ts";
import { startWatched, type Watched } from "../../support/watched.ts";

/** A fault of every kind that has this effect. */
const TOLD: readonly Fault[] = [
  { kind: "refusal", refusal: "failure" },
  { kind: "status", status: 503 },
  { kind: "html-page" },
  { kind: "redirect" },
  { kind: "CONNECTION_RESET_BY_PEER" },
  { kind: "EMPTY_RESPONSE" },
  { kind: "MALFORMED_RESPONSE_CHUNK" },
  { kind: "RANDOM_DATA_THEN_CLOSE" },
];

const ALWAYS: readonly Fault[] = [
  { kind: "delay", delayMs: 1 },
  { kind: "slow-body", overMs: 1 },
  { kind: "truncated-body" },
  { kind: "broken-json" },
  { kind: "broken-gzip" },
  { kind: "wrong-content-type" },
  { kind: "unknown-enum" },
  { kind: "extra-fields" },
  { kind: "type-drift" },
  // Part of a reply can only be sent if the operation has run.
  { kind: "CONNECTION_RESET_BY_PEER", afterBytes: 5 },
];

/** Sends a call and ignores the result. */
async function call({ url }: Watched, { path, headers, body }: GoodCall): Promise<void> {
  const sent = headers as Record<string, string>;
  await fetch(`${url}${path}`, { method: "POST", headers: sent, body, redirect: "manual" })
    .then((reply) => reply.arrayBuffer())
    .catch(() => {});
}

it("every kind of fault is tested here, on the side on which the table has it", () => {
  const kinds = (effect: string): string[] =>
    Object.entries(FAULTS).flatMap(([kind, one]) => (one.effect === effect ? [kind] : []));
  expect(TOLD.map(({ kind }) => kind)).toEqual(kinds("as told"));
  expect(new Set(ALWAYS.map(({ kind }) => kind))).toEqual(
    new Set([...kinds("always"), "CONNECTION_RESET_BY_PEER"]),
  );
});

describe.each([cortexCall, qualysCall])("a destructive call of $vendor", (good) => {
  it.each(TOLD)("takes effect with %j only if the rule says so", async (fault) => {
    await using mock = await startWatched();
    const rules: readonly (readonly [effect: object, actions: number])[] = [
      [{}, 0],
      [{ effect: false }, 0],
      [{ effect: true }, 1],
    ];
    for (const [effect, actions] of rules) {
      mock.faults.clear();
      mock.faults.add({ fault: { ...fault, ...effect } as Fault });
      await call(mock, good);
      expect((await mock.closed()).fault).toEqual({
        rule: "fault-1",
        kind: fault.kind,
        effect: actions > 0,
      });
      expect(mock.actions.list()).toHaveLength(actions);
    }
  });

  it.each(ALWAYS)("always takes effect behind %j", async (fault) => {
    await using mock = await startWatched();
    mock.faults.add({ fault });
    await call(mock, good);
    expect((await mock.closed()).fault).toMatchObject({ kind: fault.kind, effect: true });
    expect(mock.actions.list()).toHaveLength(1);
  });

  it.each(TOLD)("that is refused has no effect, with any %j", async (fault) => {
    await using mock = await startWatched();
    mock.faults.add({ fault: { ...fault, effect: true } as Fault });
    await call(mock, { ...good, body: "{" });
    expect(await mock.closed()).toMatchObject({
      fault: { kind: fault.kind, effect: false },
      refusal: { kind: "malformed" },
    });
    expect(mock.actions.list()).toEqual([]);
  });
});
