import type { WriteStream } from "node:tty";
import type { CaseResult } from "../contract/result.ts";

/** One line that shows how far a run is, on a terminal only. */
export interface Progress {
  step(result: CaseResult, done: number, all: number): void;
  /** Clears the line. */
  end(): void;
}

export function progress(stream: Pick<WriteStream, "isTTY" | "write">): Progress {
  const CLEAR = "\r\u001b[K";
  let failed = 0;
  if (!stream.isTTY) return { step: () => {}, end: () => {} };
  return {
    step: ({ outcome, id }, done, all) => {
      if (outcome !== "pass") failed++;
      stream.write(`${CLEAR}${done}/${all}, ${failed} not passed: ${id}`.slice(0, 79));
    },
    end: () => void stream.write(CLEAR),
  };
}
