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
    ["Deno of a plain error", "error: Uncaught Error: x"],
    ["a browser's console", "Uncaught RangeError: x"],
    ["Java", 'Exception in thread "main" java.lang.NullPointerException'],
    ["Go", "panic: runtime error: index out of range\n\ngoroutine 1 [running]:"],
    ["Go where it has no memory", "fatal error: out of memory\n\ngoroutine 12 [running]:"],
    ["Rust", "thread 'main' panicked at src/main.rs:1:1:"],
    ["Rust of today", "thread 'main' (12345) panicked at src/main.rs:1:1:"],
    ["PHP", "PHP Fatal error:  Uncaught TypeError"],
    ["PHP without a log", "Fatal error: Uncaught TypeError"],
    ["Ruby", "c.rb:7:in `call': undefined method `strip' for nil (NoMethodError)"],
    ["Ruby's libraries", "lib/c.rb:107:in `call': end of file reached (Net::HTTP::ReadError)"],
    [".NET", "Unhandled exception. System.NullReferenceException"],
  ])("is seen in what %s prints of an exception that nothing caught", (_, stderr) => {
    expect(crashIn(ended({ stderr }), false)).toMatch(/^it crashed: uncaught exception/);
    expect(crashIn(ended({ stdout: stderr }), false)).toMatch(/^it crashed: uncaught exception/);
  });

  it.each([
    [132, "SIGILL"],
    [134, "SIGABRT"],
    [135, "SIGBUS"],
    [136, "SIGFPE"],
    [137, "SIGKILL"],
    [139, "SIGSEGV"],
  ])("is seen in exit code %i, which %s leaves", (code, signal) => {
    expect(crashIn(ended({ exitCode: code }), true)).toBe(
      `it crashed: exit code ${code} means ${signal}`,
    );
  });

  it("is named by the line that shows it, of which 80 letters are enough", () => {
    const go = "panic: index out of range\n\ngoroutine 1 [running]:";
    expect(crashIn(ended({ stderr: go }), false)).toBe(
      "it crashed: uncaught exception (panic: index out of range)",
    );
    const long = `c.rb:7:in \`${"x".repeat(99)}' (NoMethodError)`;
    expect(crashIn(ended({ stderr: long }), false)).toBe(
      `it crashed: uncaught exception (${long.slice(0, 80)})`,
    );
  });

  it.each([
    "it said Traceback (most recent call last):",
    "runs on Node.js v20.20.2",
    "Node.js v20.x",
    "an Uncaught TypeError",
    'no Exception in thread "main"',
    "no panic: x\ngoroutine 1",
    "panic: x\nno goroutine 1",
    "the thread 'main' panicked at noon",
    "thread 'main' (main) panicked at src/main.rs:1:1:",
    "a PHP Fatal error: x",
    "an Unhandled exception",
    "see c.rb:7:in `call' (NoMethodError)",
    "c.rb:7:in `call' (NoMethodError) was handled",
  ])("is not seen in a line of a log: %s", (stderr) => {
    expect(crashIn(ended({ stderr }), false)).toBeUndefined();
  });

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
