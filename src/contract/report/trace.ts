import type { Exchange } from "../../core/journal/journal.ts";
import { REDACTED } from "../../core/journal/redact.ts";
import { nameOf } from "../baseline.ts";
import type { CaseResult } from "../result.ts";
import { printable } from "./report.ts";

/** What curl sends by itself, or must not be told. */
const OWN = new Set(["host", "content-length", "connection", "accept-encoding", "user-agent"]);

/**
 * A call as a command that makes it again. The journal holds no credentials: where one was is a variable of the shell,
 * named for its header.
 */
export function curlOf({ request }: Exchange): string {
  const { scheme, method, url, headers, body } = request;
  const sent = Object.entries(headers)
    .filter(([name]) => !OWN.has(name))
    .map(([name, value]) =>
      value.includes(REDACTED)
        ? `-H "${name}: $${name.toUpperCase().replace(/\W/g, "_")}"`
        : `-H ${quoted(`${name}: ${value}`)}`,
    );
  const target = /^https?:/.test(url) ? url : `${scheme}://${headers["host"] ?? "localhost"}${url}`;
  return [
    "curl -sS",
    `-X ${method}`,
    quoted(target),
    ...sent,
    ...(body.text ? [`--data-raw ${quoted(body.text)}`] : []),
  ].join(" ");
}

/** One word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** More of a body shows nothing new to a reader. */
const MOST_CHARACTERS = 2000;

/** What a client sent in a case and what it got, call by call. */
export function traceLines(result: CaseResult): string[] {
  const { exchanges, outcome } = result;
  const calls = exchanges.length === 1 ? "1 call" : `${exchanges.length} calls`;
  return [`trace  ${nameOf(result)}: ${outcome}, ${calls}`, ...exchanges.flatMap(callLines)];
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
