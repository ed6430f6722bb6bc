import { execFileSync } from "node:child_process";
import { pathOf } from "./programs.ts";

/** A fault as Python's `json.JSONDecodeError` has it. */
export interface PythonFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

// Python 3.13 has words of its own for a trailing comma; until then it said what it expected in its place.
const PROGRAM = `
import json, sys
def fault(text):
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        message, at = error.msg, error.pos
        if message.startswith("Illegal trailing comma"):
            at += 1
            while text[at] in " \\t\\n\\r":
                at += 1
            message = "Expecting value" if text[at] == "]" else "Expecting property name enclosed in double quotes"
        error = json.JSONDecodeError(message, text, at)
        return {"message": error.msg, "line": error.lineno, "column": error.colno, "offset": error.pos}
print(json.dumps([fault(text) for text in json.load(sys.stdin)]))
`;

/** What Python says to each text; undefined where it accepts it. */
export function pythonFaults(texts: readonly string[]): (PythonFault | undefined)[] {
  // All ASCII: a lone surrogate has no UTF-8.
  const input = JSON.stringify(texts).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const output = execFileSync(pathOf("Python"), ["-c", PROGRAM], {
    input,
    maxBuffer: 64 * 1024 * 1024,
  });
  const faults = JSON.parse(output.toString()) as (PythonFault | null)[];
  return faults.map((fault) => fault ?? undefined);
}
