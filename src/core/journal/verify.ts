import { KitError } from "../errors.ts";
import type { Exchange, Journal } from "./journal.ts";
import { newSubject, UNRECORDED } from "./unrecorded.ts";
import type { Condition, Difference, Subject, Where } from "./where.ts";
import { differences, readWhere } from "./where.ts";

/** Selects exchanges. A missing member matches every exchange. */
export interface Pattern {
  readonly vendor?: string;
  readonly operation?: string;
  readonly method?: string;
  readonly principal?: string;
  /** Of the reply. */
  readonly status?: number;
  /** The kind of the applied fault. */
  readonly fault?: string;
  readonly where?: Where;
}

/** What a tenant's journal must show. Without a number: at least one exchange. */
export interface Expectation extends Pattern {
  readonly times?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Matching exchanges must come in this order. Others may come between them. */
  readonly inOrder?: readonly Pattern[];
}

/** Whether the journal shows what was expected. */
export interface Verdict {
  /** `cannot-tell`: it depends on something that the journal dropped, cut or redacted. */
  readonly verdict: "passed" | "failed" | "cannot-tell";
  /** One sentence, then for each of the closest matches a line per differing field. */
  readonly message: string;
  /** The ids of the matching exchanges. */
  readonly matched: readonly number[];
  /** The closest matches among the others, if the verdict is not `passed`. */
  readonly nearest: readonly Miss[];
}

/** An exchange that nearly matches, and what differs. */
export interface Miss {
  readonly id: number;
  readonly differences: readonly Difference[];
}

const TEXTS = ["vendor", "operation", "method", "principal", "fault"] as const;
const COUNTS = ["times", "atLeast", "atMost"] as const;

/** Checks an expectation. Throws a KitError that names what is wrong. */
export function readExpectation(value: unknown): Expectation {
  const { inOrder, ...rest } = readPattern(value, [...COUNTS, "inOrder"]);
  for (const name of COUNTS) {
    const count = rest[name];
    if (count !== undefined && !(Number.isInteger(count) && Number(count) >= 0)) {
      throw new KitError(`"${name}" of an expectation must be a whole number.`);
    }
  }
  if (rest["times"] !== undefined && (rest["atLeast"] ?? rest["atMost"]) !== undefined) {
    throw new KitError('An expectation takes either "times", or "atLeast" and "atMost", not both.');
  }
  if (Number(rest["atLeast"] ?? 0) > Number(rest["atMost"] ?? Infinity)) {
    throw new KitError('"atLeast" in an expectation must not be larger than "atMost".');
  }
  if (inOrder !== undefined) {
    if (!Array.isArray(inOrder) || inOrder.length === 0) {
      throw new KitError('"inOrder" of an expectation must be an array of patterns.');
    }
    if (Object.values(rest).some((found) => found !== undefined)) {
      throw new KitError('An expectation with "inOrder" takes no other member.');
    }
    for (const pattern of inOrder) readPattern(pattern, []);
  }
  return value as Expectation;
}

function readPattern(value: unknown, more: readonly string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new KitError('An expectation must be an object such as {"operation": "…", "times": 1}.');
  }
  const known = [...TEXTS, "status", "where", ...more];
  for (const [name, found] of Object.entries(value)) {
    if (found === undefined) continue;
    if (!known.includes(name)) {
      throw new KitError(`An expectation does not take "${name}": it takes ${known.join(", ")}.`);
    }
    if (TEXTS.some((text) => text === name) && typeof found !== "string") {
      throw new KitError(`"${name}" of an expectation must be a string.`);
    }
    if (name === "status" && !Number.isInteger(found)) {
      throw new KitError('"status" of an expectation must be a number.');
    }
    if (name === "where") readWhere(found, '"where" of an expectation');
  }
  return value as Record<string, unknown>;
}

/** Compares a journal with an expectation. */
export function verify(journal: Journal, expectation: Expectation): Verdict {
  return expectation.inOrder
    ? verifyOrder(journal, expectation.inOrder)
    : verifyCount(journal, expectation);
}

interface Judged {
  readonly exchange: Exchange;
  readonly misses: readonly Difference[];
}

const isMatch = ({ misses }: Judged): boolean => misses.length === 0;
/** Whether an exchange may match: it differs only where something was redacted. */
const isOpen = ({ misses }: Judged): boolean =>
  misses.length > 0 && misses.every(({ hidden }) => hidden);

function verifyCount(journal: Journal, expectation: Expectation): Verdict {
  const {
    times,
    atLeast = times ?? (expectation.atMost === undefined ? 1 : 0),
    atMost,
  } = expectation;
  const most = times ?? atMost ?? Number.POSITIVE_INFINITY;
  const judged = journal.entries().map((exchange) => judge(exchange, expectation));
  const matched = judged.filter(isMatch).map(({ exchange }) => exchange.id);
  const { dropped } = journal;
  const open = judged.filter(isOpen).length + dropped;
  const sure = matched.length;
  const verdict =
    sure > most || sure + (dropped > 0 ? Number.POSITIVE_INFINITY : open) < atLeast
      ? "failed"
      : sure >= atLeast && (open === 0 || most === Number.POSITIVE_INFINITY)
        ? "passed"
        : "cannot-tell";
  const wanted = times !== undefined ? `exactly ${times}` : range(atLeast, most);
  const sentence = `expected ${wanted} ${named(expectation)}, saw ${sure}`;
  return report(verdict, sentence, matched, judged, journal);
}

function verifyOrder(journal: Journal, patterns: readonly Pattern[]): Verdict {
  const entries = journal.entries();
  const matched: number[] = [];
  let next = 0;
  let doubtful = journal.dropped > 0;
  let judged: readonly Judged[] = [];
  const subjects = new Map<Exchange, Subject>();
  /** Each body is parsed once for all patterns. */
  const subjectOf = (exchange: Exchange): Subject => {
    const subject = subjects.get(exchange) ?? newSubject(exchange);
    subjects.set(exchange, subject);
    return subject;
  };
  for (const pattern of patterns) {
    judged = entries.slice(next).map((exchange) => judge(exchange, pattern, subjectOf));
    const at = judged.findIndex(isMatch);
    if (judged.slice(0, at < 0 ? undefined : at).some(isOpen)) doubtful = true;
    if (at < 0) {
      const before = matched.length > 0 ? ` after #${matched.at(-1)}` : "";
      const sentence = `expected ${named(pattern)}${before}, saw none`;
      const verdict = doubtful ? "cannot-tell" : "failed";
      return report(verdict, sentence, matched, judged, journal);
    }
    matched.push((entries[next + at] as Exchange).id);
    next += at + 1;
  }
  return { verdict: "passed", message: "all came in this order", matched, nearest: [] };
}

const range = (least: number, most: number): string =>
  most === Number.POSITIVE_INFINITY
    ? `at least ${least}`
    : least === 0
      ? `at most ${most}`
      : `${least} to ${most}`;

/** Describes the selected calls, for the message. */
const named = ({ vendor, operation, method, status, principal, fault, where }: Pattern): string => {
  const call = [vendor, method, operation ?? "exchange", status].filter(
    (word) => word !== undefined,
  );
  const more = [
    ...(principal === undefined ? [] : [`by ${principal}`]),
    ...(fault === undefined ? [] : [`with the fault ${fault}`]),
    ...Object.entries(where ?? {}).map(([place, condition]) => `${place} ${said(condition)}`),
  ];
  return [call.join(" "), ...(more.length > 0 ? [`(${more.join(", ")})`] : [])].join(" ");
};

const MOST_CHARACTERS = 60;

/** Describes a condition in short. */
const said = (condition: Condition): string => {
  if (typeof condition === "object" && condition !== null && "exists" in condition) {
    return condition.exists ? "exists" : "does not exist";
  }
  const text = JSON.stringify(condition);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
};

function judge(exchange: Exchange, pattern: Pattern, subjectOf = newSubject): Judged {
  const { request, reply, fault } = exchange;
  if (exchange.unrecorded) return { exchange, misses: [UNRECORDED] };
  const seen: Readonly<Record<string, string | number | undefined>> = {
    ...exchange,
    method: request.method,
    status: reply?.status,
    fault: fault?.kind,
  } as never;
  const plain = [...TEXTS, "status" as const].flatMap((where): Difference[] => {
    const expected = pattern[where];
    const actual = seen[where];
    if (expected === undefined || expected === actual) return [];
    return [{ where, expected: String(expected), actual: String(actual ?? "nothing") }];
  });
  const off = pattern.where ? differences(pattern.where, subjectOf(exchange)) : [];
  return { exchange, misses: [...plain, ...off] };
}

const MOST_SHOWN = 3;

function report(
  verdict: Verdict["verdict"],
  sentence: string,
  matched: readonly number[],
  judged: readonly Judged[],
  { dropped }: Journal,
): Verdict {
  if (verdict === "passed") return { verdict, message: sentence, matched, nearest: [] };
  const missed = judged
    .filter((one) => !isMatch(one))
    .toSorted((a, b) => a.misses.length - b.misses.length)
    .slice(0, MOST_SHOWN);
  const lines = [...judged.filter(isMatch).slice(0, MOST_SHOWN), ...missed].flatMap(
    ({ exchange: { id, operation, request, reply }, misses }) => [
      `  #${id} ${operation ?? `${request.method} ${request.url}`} -> ${reply?.status ?? "no reply"}`,
      ...misses.map(
        ({ where, expected, actual }) => `      ${where}: expected ${expected}, was ${actual}`,
      ),
    ],
  );
  const why =
    dropped > 0 ? `${dropped} exchanges were dropped` : "the deciding part was cut or redacted";
  const doubt = verdict === "cannot-tell" ? `; cannot tell, because ${why}` : "";
  return {
    verdict,
    message: [`${sentence}${doubt}`, ...lines].join("\n"),
    matched,
    nearest: missed.map(({ exchange, misses }) => ({ id: exchange.id, differences: misses })),
  };
}
