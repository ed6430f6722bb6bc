import type { Ended } from "./process.ts";

/** What the runtimes of common languages print for an uncaught exception. */
const UNCAUGHT: readonly RegExp[] = [
  /^Traceback \(most recent call last\):/m,
  /^Node\.js v\d+\.\d+\.\d+/m,
  /^(error: )?Uncaught (\(in promise\) )?\w*(Error|Exception)\b/m,
  /^Exception in thread "/m,
  /^(panic: |fatal error: )[\s\S]*^goroutine \d+/m,
  /^thread '[^'\n]*' (\(\d+\) )?panicked at /m,
  /^(PHP )?Fatal error: /m,
  /^Unhandled exception\b/m,
  /^\S+:\d+:in .+\((\w+::)*[A-Z]\w*\)$/m,
];

/** By convention a shell adds the number of the signal that ended its command. */
const SIGNALS: Readonly<Record<number, string>> = {
  132: "SIGILL",
  134: "SIGABRT",
  135: "SIGBUS",
  136: "SIGFPE",
  137: "SIGKILL",
  139: "SIGSEGV",
};

/**
 * Evidence that a client crashed instead of handling a reply. Undefined if there is none. A client that reports has
 * handled it, even if it logs an exception.
 */
export function crashIn(ended: Ended, hasReported: boolean): string | undefined {
  const { exitCode, threw, stdout, stderr } = ended;
  if (threw !== undefined) return `it crashed: ${threw}`;
  const signal = SIGNALS[exitCode ?? 0];
  if (signal !== undefined) return `it crashed: exit code ${exitCode} means ${signal}`;
  if (hasReported || exitCode === 0) return undefined;
  for (const text of [stderr, stdout]) {
    const found = UNCAUGHT.map((pattern) => pattern.exec(text)).find((match) => match);
    if (found) return `it crashed: uncaught exception (${line(found[0])})`;
  }
  return undefined;
}

const line = (text: string): string => (text.split("\n")[0] ?? "").slice(0, 80);
