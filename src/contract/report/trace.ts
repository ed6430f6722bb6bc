import { curlOf } from "../../core/journal/curl.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { resultName } from "../baseline.ts";
import type { CaseResult } from "../result.ts";
import { printable } from "./report.ts";

/** Readers need no more of a body. */
const MOST_CHARACTERS = 2000;

/** The requests of a client in a case, with their replies. */
export function traceLines(result: CaseResult): string[] {
  const { exchanges, outcome } = result;
  const calls = exchanges.length === 1 ? "1 call" : `${exchanges.length} calls`;
  return [`trace  ${resultName(result)}: ${outcome}, ${calls}`, ...exchanges.flatMap(callLines)];
}

function callLines(exchange: Exchange): string[] {
  const { id, operation, request, reply, fault, aborted, durationMs } = exchange;
  const answer = reply ? `${reply.status} (${reply.cause})` : "no reply";
  const notes = [
    `${Math.round(durationMs)} ms`,
    ...(fault ? [`fault ${fault.kind}`] : []),
    ...(aborted ? ["the connection ended first"] : []),
  ];
  const name = operation ?? `${request.method} ${request.url}`;
  return [
    `  #${id} ${name} -> ${answer}; ${notes.join(", ")}`,
    `     ${printable(curlOf(exchange)).replaceAll("\n", "\n     ")}`,
    ...(reply?.body.text ? [`     <- ${shortened(reply.body.text)}`] : []),
  ].map(printable);
}

const shortened = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
