import { expect, it, onTestFinished, vi } from "vitest";
import { runOrWarn } from "../../src/server/warn.ts";

it.each<[string, unknown]>([
  ["an error", new Error("boom")],
  ["something else", "boom"],
])("work that throws %s warns the process, and goes no further", (_what, thrown) => {
  const emitted = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  onTestFinished(() => emitted.mockRestore());
  runOrWarn(() => {
    throw thrown;
  });
  expect(emitted.mock.calls).toEqual([[thrown]]);
});

it("work that throws nothing has run, without a warning", () => {
  const emitted = vi.spyOn(process, "emitWarning");
  onTestFinished(() => emitted.mockRestore());
  const work = vi.fn();
  runOrWarn(work);
  expect([work.mock.calls.length, emitted.mock.calls.length]).toEqual([1, 0]);
});
