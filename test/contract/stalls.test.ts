import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CaseResult } from "../../src/contract/result.ts";
import { unlessStalled, watchStalls } from "../../src/contract/stalls.ts";
import type { Finding } from "../../src/core/contract.ts";
import { fakeOurTimers } from "../support/our-timers.ts";
import { failed, finding, result } from "../support/results.ts";

describe("a watch", () => {
  beforeEach(() => fakeOurTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  let now = 0;
  const clock = (): number => now;
  const pass = (ms: number, beats: number): void => {
    for (let beat = 0; beat < beats; beat++) {
      now += ms / beats;
      vi.advanceTimersByTime(100);
    }
  };

  it("sees no stall while the process runs", () => {
    const ended = watchStalls(clock);
    pass(5000, 50);
    expect(ended()).toBe(0);
  });

  it("gives the longest of several stalls", () => {
    const ended = watchStalls(clock);
    pass(1500, 1);
    pass(4100, 1);
    pass(2000, 20);
    expect(ended()).toBe(4000);
  });

  it("sees a stall that is still going on when it ends", () => {
    const ended = watchStalls(clock);
    now += 3100;
    expect(ended()).toBe(3000);
  });

  it("leaves no timer behind", () => {
    watchStalls()();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("what is judged while the process stands still", () => {
  const BAD = failed("acme.case.one", "acme.one");
  const OPEN = result({ outcome: "inconclusive", reason: "no call came" });
  const GOOD = result();
  const SKIPPED = result({ outcome: "skipped" });
  const ADVISED = result({ findings: [finding({ severity: "should" })] });
  const TOLD = result({ findings: [finding({ severity: "info" })] });

  /** What comes of these attempts, and how many there were. Each takes a result and the length of a stall, in ms. */
  async function judged(...attempts: readonly (readonly [CaseResult, number])[]) {
    let count = 0;
    const watch = () => {
      const [, stall] = attempts[count] ?? [];
      return () => stall ?? Number.NaN;
    };
    const final = await unlessStalled(
      watch,
      async (isSecond) => {
        expect(isSecond).toBe(count > 0);
        return attempts[count++]?.[0] ?? result();
      },
      ({ findings }) => findings.filter(({ rule }) => rule.startsWith("lasting.")),
      "must",
    );
    return { final, count };
  }

  it.each([
    ["failed", BAD],
    ["could not be told", OPEN],
    ["passed with a finding of should", ADVISED],
  ])("is judged once more if it %s", async (_, first) => {
    expect(await judged([first, 3000], [GOOD, 0])).toEqual({ final: GOOD, count: 2 });
  });

  it("fails if it fails again, without a stall", async () => {
    expect(await judged([BAD, 8000], [BAD, 2999])).toEqual({ final: BAD, count: 2 });
  });

  it("is inconclusive without a finding if it stands still again", async () => {
    const { final, count } = await judged([BAD, 8000], [BAD, 9500]);
    expect(count).toBe(2);
    expect(final).toMatchObject({ outcome: "inconclusive", findings: [] });
    expect(final.reason).toContain("stood still for 9.5 s");
  });

  it.each([
    ["passed", GOOD],
    ["passed with a finding of info", TOLD],
    ["was skipped", SKIPPED],
  ])("counts if it %s, the first time or the second", async (_, good) => {
    expect(await judged([good, 8000])).toEqual({ final: good, count: 1 });
    expect(await judged([BAD, 8000], [good, 8000])).toEqual({ final: good, count: 2 });
  });

  describe("with a finding that no stall can cause", () => {
    const leak = finding({ rule: "lasting.leak", exchanges: [4] });
    const slight = finding({ rule: "lasting.slight", severity: "should" });
    const late = finding({ rule: "late" });
    const bad = (...findings: Finding[]) => result({ outcome: "fail", findings });

    it("fails by it, and by nothing else, if it stands still again", async () => {
      const { final } = await judged([BAD, 8000], [bad(late, leak), 9500]);
      expect(final).toMatchObject({ outcome: "fail", findings: [leak] });
      expect(final.reason).toContain("stood still for 9.5 s");
    });

    it("keeps it, and is inconclusive, if it makes nothing fail", async () => {
      const { final } = await judged([BAD, 8000], [bad(late, slight), 9500]);
      expect(final).toMatchObject({ outcome: "inconclusive", findings: [slight] });
    });

    it("fails by what only the first attempt showed, without its calls", async () => {
      const { final } = await judged([bad(late, leak), 8000], [GOOD, 0]);
      expect(final).toEqual({
        ...GOOD,
        outcome: "fail",
        findings: [{ ...leak, exchanges: [] }],
      });
    });

    it("names it once if both attempts show it", async () => {
      const again = { ...leak, exchanges: [7] };
      const { final } = await judged([bad(leak, slight), 8000], [bad(again), 0]);
      expect(final).toMatchObject({ outcome: "fail", findings: [again, slight] });
    });
  });

  it("fails at once without a long stall", async () => {
    expect(await judged([BAD, 2999])).toEqual({ final: BAD, count: 1 });
  });
});
