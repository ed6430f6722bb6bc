import { describe, expect, it } from "vitest";
import { crashIn } from "../../src/contract/crash.ts";

const ended = (rest: object) => ({
  exitCode: 1,
  timedOut: false,
  stdout: "",
  stderr: "",
  ...rest,
});

describe("a crash", () => {
  it.each<[string, string]>([
    ["Python", 'log\nTraceback (most recent call last):\n  File "c.py", line 1\nAttributeError: x'],
    ["Node", "TypeError: x\n    at a (file:///c.mjs:1:1)\n\nNode.js v20.20.2"],
    ["Deno", "error: Uncaught (in promise) TypeError: x"],
    ["Java", 'Exception in thread "main" java.lang.NullPointerException'],
    ["Go", "panic: runtime error: index out of range\n\ngoroutine 1 [running]:"],
    ["Rust", "thread 'main' panicked at src/main.rs:1:1:"],
    ["PHP", "PHP Fatal error:  Uncaught TypeError"],
    ["Ruby", "c.rb:7:in `call': undefined method `strip' for nil (NoMethodError)"],
    [".NET", "Unhandled exception. System.NullReferenceException"],
  ])("is seen in what %s prints of an exception that nothing caught", (_, stderr) => {
    expect(crashIn(ended({ stderr }), false)).toMatch(/^it crashed: uncaught exception/);
    expect(crashIn(ended({ stdout: stderr }), false)).toMatch(/^it crashed: uncaught exception/);
  });

  it.each([132, 134, 135, 136, 137, 139])(
    "is seen in exit code %i, which a signal leaves",
    (code) => {
      expect(crashIn(ended({ exitCode: code }), true)).toContain(`exit code ${code}`);
    },
  );

  it("is seen in what a function of this process throws by mistake", () => {
    expect(crashIn(ended({ threw: "TypeError: x" }), true)).toBe("it crashed: TypeError: x");
  });

  it.each<[string, object, boolean]>([
    [
      "a client that reports has handled it, whatever it logs",
      { stderr: "Traceback (most recent call last):" },
      true,
    ],
    [
      "one that ends well has",
      { exitCode: 0, stderr: "Traceback (most recent call last):" },
      false,
    ],
    ["an exit code is none", { exitCode: 3 }, false],
    ["a message is none", { stderr: "Error: the vendor refused the call\n" }, false],
    ["a time limit is none", { exitCode: undefined, timedOut: true }, false],
  ])("is not seen: %s", (_, rest, hasReported) => {
    expect(crashIn(ended(rest), hasReported)).toBeUndefined();
  });
});
