import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLegal, isTerminal, type State } from "../../src/core/actions/progress.ts";
import { type Mock, type ProgressMode, startMock } from "../../src/index.ts";
import { cortexClient, FILE } from "../support/clients.ts";
import { isAll } from "../support/programs.ts";

/** Reserved and ordinary endpoints: one for every way that an action can go. */
const ENDPOINTS = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((code) => `facade${String(code).padStart(26, "0")}`),
  "821845a2ff1859c9be6a5b708ace61b8",
];

const endpoint = fc.constantFrom(...ENDPOINTS);
const step = fc.oneof(
  fc.record({
    do: fc.constant("quarantine" as const),
    ids: fc.uniqueArray(endpoint, { minLength: 1 }),
  }),
  fc.record({ do: fc.constant("restore" as const) }),
  fc.record({ do: fc.constant("isolate" as const), id: endpoint }),
  fc.record({ do: fc.constant("unisolate" as const), id: endpoint }),
  fc.record({ do: fc.constant("scan" as const), id: endpoint }),
  fc.record({ do: fc.constant("abort_scan" as const), id: endpoint }),
  fc.record({ do: fc.constant("poll" as const), nth: fc.nat(5) }),
  fc.record({
    do: fc.constant("wait" as const),
    ms: fc.constantFrom(0, 999, 1000, 600_000, 86_400_000),
  }),
  fc.record({ do: fc.constant("move" as const), nth: fc.nat(5) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const WIRE: Readonly<Record<State, string>> = {
  pending: "PENDING",
  running: "IN_PROGRESS",
  aborting: "PENDING_ABORT",
  succeeded: "COMPLETED_SUCCESSFULLY",
  partial: "COMPLETED_PARTIAL",
  failed: "FAILED",
  "timed-out": "TIMEOUT",
  expired: "EXPIRED",
  cancelled: "CANCELLED",
  aborted: "ABORTED",
};

const STATES = Object.keys(WIRE) as State[];

/** Which states a state may be seen to turn into: by any number of legal steps, since nobody watches every one. */
function isReachable(from: State, to: State): boolean {
  const seen = new Set<State>([from]);
  for (const state of seen) for (const next of STATES) if (isLegal(state, next)) seen.add(next);
  return seen.has(to);
}

/** Plays the steps, checks after each that nothing contradicts anything, and answers every body that was sent. */
async function play(mode: ProgressMode, steps: readonly Step[], mock: Mock): Promise<string[]> {
  const tenant = await mock.tenant({ clock: "2026-01-31T12:00:00Z", progress: mode });
  const client = cortexClient({ ...tenant, url: mock.url });
  const bodies: string[] = [];
  const last = new Map<string, State>();
  const post = async (path: string, data: unknown): Promise<void> => {
    bodies.push((await client.post(path, data)).text);
  };
  const filters = (ids: readonly string[]): unknown => [
    { field: "endpoint_id_list", operator: "in", value: ids },
  ];
  for (const one of steps) {
    const known = tenant.actions.list();
    if (one.do === "quarantine") {
      await post("endpoints/quarantine", { filters: filters(one.ids), ...FILE });
    } else if (one.do === "restore") {
      await post("endpoints/restore", { file_hash: FILE.file_hash });
    } else if (one.do === "isolate" || one.do === "unisolate") {
      await post(`endpoints/${one.do}`, { endpoint_id: one.id });
    } else if (one.do === "scan" || one.do === "abort_scan") {
      await post(`endpoints/${one.do}`, { filters: filters([one.id]) });
    } else if (one.do === "wait") {
      tenant.clock.advance(one.ms);
    } else {
      const action = known[one.nth % Math.max(1, known.length)];
      if (action && one.do === "poll") {
        await post("actions/get_action_status", { group_action_id: action.id });
        const now = tenant.actions.list().find(({ id }) => id === action.id);
        const shown = JSON.parse(bodies.at(-1) ?? "{}").reply.data;
        for (const { id, state } of now?.targets ?? []) expect(shown[id]).toBe(WIRE[state]);
      } else if (action && one.do === "move") {
        const target = action.targets.find(({ state }) => !isTerminal(state));
        const state = STATES.find((next) => target && isLegal(target.state, next));
        if (target && state) tenant.actions.move(action.id, { state, target: target.id });
      }
    }
    for (const { id, targets } of tenant.actions.list()) {
      for (const target of targets) {
        const key = `${id} ${target.id}`;
        const before = last.get(key);
        if (before)
          expect(isReachable(before, target.state), `${before} → ${target.state}`).toBe(true);
        last.set(key, target.state);
      }
    }
  }
  await agree(tenant, client);
  return bodies;
}

/** quarantine/status, get_endpoint and the actions themselves tell the same story. */
async function agree(
  tenant: Awaited<ReturnType<Mock["tenant"]>>,
  client: ReturnType<typeof cortexClient>,
): Promise<void> {
  const actions = tenant.actions.list();
  const ended = (id: string, ...kinds: string[]): string | undefined =>
    actions
      .filter(({ kind }) => kinds.includes(kind))
      .filter(({ targets }) => targets.some((one) => one.id === id && one.state === "succeeded"))
      .at(-1)?.kind;
  const { reply } = await client.post("endpoints/get_endpoint", {});
  for (const id of ENDPOINTS) {
    expect(await client.isQuarantined(id)).toBe(
      ended(id, "quarantine", "restore") === "quarantine",
    );
    const { is_isolated } = reply.endpoints.find(
      (one: { endpoint_id: string }) => one.endpoint_id === id,
    );
    if (!is_isolated.includes("PENDING")) {
      const isolated = ended(id, "isolate", "unisolate") === "isolate";
      expect(is_isolated).toBe(isolated ? "AGENT_ISOLATED" : "AGENT_UNISOLATED");
    }
  }
}

describe.each<ProgressMode>(["time", "polls", "manual"])("any story, moved by %s", (mode) => {
  it("makes only legal steps, ends once, and never contradicts itself", async () => {
    await using mock = await startMock();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await play(mode, steps, mock);
      }),
      { numRuns: isAll ? 40 : 8 },
    );
  });

  it("gives the same bytes when it is repeated", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        await using first = await startMock();
        await using second = await startMock();
        expect(await play(mode, steps, second)).toEqual(await play(mode, steps, first));
      }),
      { numRuns: isAll ? 10 : 3 },
    );
  });
});
