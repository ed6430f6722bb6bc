import { describe, expect, it } from "vitest";
import { reportIn, wrongEnd } from "../../src/contract/client-report.ts";

describe("a client's report", () => {
  it.each<[string, string, unknown]>([
    ["the only line", '{"outcome":"accepted"}\n', { outcome: "accepted" }],
    [
      "between log lines",
      'begin\n{"outcome":"failed","status":500}\nend',
      { outcome: "failed", status: 500 },
    ],
    ["the last of two", '{"outcome":"accepted"}\n{"outcome":"failed"}\n', { outcome: "failed" }],
    ["behind spaces", '   {"outcome":"partial"}', { outcome: "partial" }],
    ["with Windows' line ends", '{"outcome":"refused"}\r\n', { outcome: "refused" }],
  ])("is found where it is %s", (_, stdout, report) => {
    expect(reportIn(stdout)).toEqual(report);
  });

  it.each<[string, string]>([
    ["nothing", ""],
    ["a log line in JSON", '{"level":"info"}'],
    ["an outcome that there is not", '{"outcome":"done"}'],
    ["half a line", '{"outcome":"accep'],
    ["an array", '["accepted"]'],
    ["null", "null"],
  ])("is not found in %s", (_, stdout) => {
    expect(reportIn(stdout)).toBeUndefined();
  });
});

describe("the end of a client", () => {
  const ended = (exitCode: number | undefined, rest = {}) => ({
    exitCode,
    timedOut: false,
    stdout: "",
    stderr: "",
    ...rest,
  });

  it.each<[string, Parameters<typeof wrongEnd>]>([
    ["0 where it was to be accepted", [ended(0), undefined, ["accepted"]]],
    ["1 where it was to be refused", [ended(1), undefined, ["refused"]]],
    ["7 where it was to fail", [ended(7), undefined, ["failed"]]],
    ["either where both are right", [ended(0), undefined, ["completed", "failed"]]],
    ["1 for a part that went well", [ended(1), undefined, ["partial"]]],
    ["0 and its report", [ended(0), { outcome: "completed" }, ["completed"]]],
  ])("is right: %s", (_, given) => {
    expect(wrongEnd(...given)).toBeUndefined();
  });

  it.each<[string, Parameters<typeof wrongEnd>, RegExp]>([
    ["0 where it was to be refused", [ended(0), undefined, ["refused"]], /as if it had worked/],
    ["1 where it was to be accepted", [ended(1), undefined, ["accepted"]], /as if it had failed/],
    [
      "a signal",
      [ended(undefined, { signal: "SIGSEGV" }), undefined, ["accepted"]],
      /a signal ended it \(SIGSEGV\)/,
    ],
    [
      "a signal where it was to fail",
      [ended(undefined), undefined, ["failed"]],
      /a signal ended it/,
    ],
    ["too late", [ended(undefined, { timedOut: true }), undefined, ["failed"]], /time limit/],
    [
      "another report",
      [ended(1), { outcome: "failed" }, ["refused"]],
      /it reported "failed" instead of refused/,
    ],
    [
      "a report that its exit code belies",
      [ended(0), { outcome: "refused" }, ["refused"]],
      /exit code 0/,
    ],
    [
      "not begun",
      [ended(undefined, { notStarted: "ENOENT" }), undefined, ["failed"]],
      /could not be started: ENOENT/,
    ],
  ])("is wrong: %s", (_, given, sentence) => {
    expect(wrongEnd(...given)).toMatch(sentence);
  });
});
