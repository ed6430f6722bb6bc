import { describe, expect, it } from "vitest";
import { detailTime, eventTime } from "../../../src/vendors/qualys/times.ts";

describe("times", () => {
  it.each([
    [1_740_565_130_495, "2025-02-26T10:18:50.000+00:00"],
    [1_740_565_130_999, "2025-02-26T10:18:50.000+00:00"],
    [1_740_565_131_000, "2025-02-26T10:18:51.000+00:00"],
  ])("of details are cut to the second, never rounded (%i)", (ms, text) => {
    expect(detailTime(ms)).toBe(text);
  });

  it.each([
    [1_581_294_064_000, "2020-02-10T00:21:04.000+0000"],
    [1_740_565_130_495, "2025-02-26T10:18:50.495+0000"],
  ])("of events have milliseconds and a zone without a colon (%i)", (ms, text) => {
    expect(eventTime(ms)).toBe(text);
  });
});
