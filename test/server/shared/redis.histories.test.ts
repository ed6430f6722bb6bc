import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkHistory, type HistoryEvent } from "../../../bench/histories-check.mjs";
import { leaveToAll, run } from "../../support/programs.ts";
import { redisServer } from "../../support/redis.ts";

const event = (
  kind: "write" | "read",
  started: number,
  ended: number,
  found?: number | readonly number[],
): HistoryEvent => ({ kind, tenant: "t", started, ended, ...(found !== undefined && { found }) });
const wipe = (at: number): HistoryEvent => ({ kind: "wipe", started: at, ended: at });

describe("a history", () => {
  it.each<[string, HistoryEvent[]]>([
    ["writes and reads in turn", [event("write", 0, 1, 1), event("read", 2, 3, [1])]],
    ["a read during a write", [event("write", 0, 5, 1), event("read", 1, 2, [])]],
    ["a write that failed and took effect", [event("write", 0, 1), event("read", 2, 3, [1])]],
    ["a wipe", [event("write", 0, 1, 1), wipe(2), event("read", 3, 4, [])]],
    ["another tenant's", [{ ...event("read", 0, 1, [7, 7]), tenant: "other" }]],
  ])("of %s is linearizable", (_what, events) => {
    expect(checkHistory(events, "t")).toEqual([]);
  });

  it.each<[string, HistoryEvent[], string]>([
    ["an id for two actions", [event("write", 0, 1, 1), event("write", 0, 1, 1)], "two actions"],
    [
      "an id for two actions after a wipe",
      [event("write", 0, 1, 1), wipe(2), event("write", 3, 4, 1)],
      "two actions",
    ],
    ["ids that go back", [event("write", 0, 1, 2), event("write", 2, 3, 1)], "2 came before 1"],
    ["a lost action", [event("write", 0, 1, 1), event("read", 2, 3, [])], "did not have 1"],
    ["an early action", [event("read", 0, 1, [1]), event("write", 2, 3, 1)], "before it was made"],
    ["an action that is there twice", [event("read", 0, 1, [1, 1])], "twice"],
    ["reads that go back", [event("read", 0, 1, [1]), event("read", 2, 3, [])], "1 was there"],
    [
      "an action that comes in the middle",
      [event("read", 0, 1, [2]), event("read", 2, 3, [1, 2])],
      "1 came into the list before 2",
    ],
  ])("with %s is not", (_what, events, flaw) => {
    expect(checkHistory(events, "t").join()).toContain(flaw);
  });
});

it.skipIf(redisServer.skip)(
  `servers that are killed, paused and cut off keep each tenant linearizable${redisServer.note}`,
  async () => {
    leaveToAll("histories of servers that are killed");
    const script = fileURLToPath(new URL("../../../bench/histories.mjs", import.meta.url));
    const { code, stdout } = await run(process.execPath, [script, "3", "1"]);
    expect(stdout).toContain("3 histories (single), 0 of them wrong");
    expect(code).toBe(0);
  },
  120_000,
);
