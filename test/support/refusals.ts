import { nearest } from "../../src/core/nearest.ts";
import * as cortex from "./cortex.ts";
import type { Face } from "./hostile.ts";
import * as qualys from "./qualys.ts";
import { operationsOf, readSpec } from "./specs.ts";

type OnTheWire = readonly [status: number, body: string];

/** A refusal as each face has it on the wire. */
export type Refusals = Readonly<Record<Face["name"], OnTheWire>>;

const documented = (status: number, message: string, extra: string): OnTheWire => [
  status,
  cortex.errorBody.document(status, message, extra),
];

const recorded = (status: number, message: string, extra: string | null): OnTheWire => [
  status,
  cortex.errorBody.recorded(status, message, extra),
];

const gateway = (code: string, message: string): OnTheWire => [
  Number.parseInt(code, 10),
  qualys.errorBody(code, message),
];

const plain: OnTheWire = [500, cortex.PLAIN_ERROR];

const BAD_REQUEST = "Bad Request. Got an invalid JSON.";
const PROCESSING = "An error occurred while processing XDR public API";
const FAILURE = "Internal server error. A unified status for API communication type errors.";

/** The body is no JSON: what is wrong, in which column of its only line, and what is said of it all. */
export const notJson = (
  message: string,
  column: number,
  about = "The body is not valid JSON",
): Refusals => ({
  "cortex, document": documented(
    400,
    `{"line": 1, "column": ${column}, "message": ${JSON.stringify(message)}}`,
    `${about}.`,
  ),
  "cortex, recorded": recorded(
    400,
    BAD_REQUEST,
    `${message}: line 1 column ${column} (char ${column - 1})`,
  ),
  qualys: gateway("400 BAD_REQUEST", `${about}: ${message} at line 1, column ${column}`),
});

/** No text could be made of the body, and so no place in it is named. */
export const noText = (reason: string): Refusals => {
  const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`;
  return {
    "cortex, document": documented(
      400,
      `{"line": 1, "column": 1, "message": ${JSON.stringify(reason)}}`,
      `${sentence}.`,
    ),
    "cortex, recorded": recorded(400, BAD_REQUEST, `${sentence}.`),
    qualys: gateway("400 BAD_REQUEST", sentence),
  };
};

/** A field that is not there has a text of its own; alone, any other problem is a sentence. */
function inRecordedWords(problems: readonly string[]): string {
  const words = problems.map((problem) =>
    problem.replace(/^\/(?:.*\/)?(\w+) is required$/, "$1 param is missing"),
  );
  const [only = ""] = words;
  return words.length > 1 ? words.join("; ") : only.replace(/(?<! is missing)$/, ".");
}

export const invalid = (problem: string, ...others: readonly string[]): Refusals => ({
  // All of them name all that is wrong.
  "cortex, document": documented(
    400,
    BAD_REQUEST,
    [problem, ...others].map((one) => `${one}.`).join(" "),
  ),
  "cortex, recorded": recorded(500, PROCESSING, inRecordedWords([problem, ...others])),
  qualys: gateway("400 BAD_REQUEST", [problem, ...others].join("; ")),
});

/** The body is JSON, but no object. */
export const notAnObject: Refusals = {
  ...invalid("The body must be object"),
  "cortex, recorded": plain,
};

export const tooLarge = (limit: number): Refusals => ({
  "cortex, document": documented(
    413,
    "Request entity too large.",
    `The body is larger than ${limit} bytes.`,
  ),
  "cortex, recorded": recorded(413, "Request entity too large.", null),
  qualys: gateway("413 PAYLOAD_TOO_LARGE", `The body is larger than ${limit} bytes`),
});

/** Another key, or another token, than the good one. */
export const wrongKey: Refusals = {
  "cortex, document": documented(
    401,
    "Unauthorized access. An issue occurred during authentication. This can indicate an incorrect key, id, or other invalid authentication parameters.",
    "The key does not belong to the id 1.",
  ),
  "cortex, recorded": recorded(401, "Public API request unauthorized", null),
  qualys: gateway("401 UNAUTHORIZED", "The token was not issued by this platform"),
};

export const wrongMethod = (method: string): Refusals => ({
  "cortex, document": documented(
    500,
    FAILURE,
    `${method} is not allowed on ${cortex.PATH}; use POST.`,
  ),
  "cortex, recorded": plain,
  qualys: gateway("405 METHOD_NOT_ALLOWED", `${method} is not allowed on ${qualys.PATH}; use POST`),
});

/** The call that takes the fewest changed letters; for these requests none is really near. */
const nearestIn = (name: string, asked: string): string =>
  nearest(
    asked,
    operationsOf(readSpec(name)).map(({ method, path }) => `${method.toUpperCase()} ${path}`),
  );

/** No vendor has the call that was asked for (`GET /x`). */
export const noCall = (asked: string): Refusals => ({
  "cortex, document": documented(
    500,
    FAILURE,
    `${asked} is not a call of this API; the nearest is ${nearestIn("cortex", asked)}.`,
  ),
  "cortex, recorded": plain,
  qualys: gateway(
    "404 NOT_FOUND",
    `${asked} is not a call of this API; the nearest is ${nearestIn("qualys", asked)}`,
  ),
});
