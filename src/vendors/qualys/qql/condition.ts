import type { Term } from "./parse.ts";
import { FilterError, type Value } from "./scanner.ts";
import { momentSpan, numberSpan, type Span } from "./span.ts";
import { keywordTest, textTest } from "./text.ts";

type Asked = Exclude<Term["content"], { kind: "null" }>;

/** Whether one value of a field meets a term. */
type IsKept = (found: string | number) => boolean;

/** How a field compares: a text by its parts, a keyword only as a whole, a number, or a time in milliseconds. */
export type FieldKind = "text" | "keyword" | "number" | "moment";

/** The test of a term for each value of its field. Throws a FilterError if the field does not support the term. */
export function conditionOf(asked: Asked, kind: FieldKind, name: string, now: number): IsKept {
  return kind === "text" || kind === "keyword"
    ? wordTest(asked, kind, name)
    : scaleTest(asked, (value) => spanOf(value, kind, name, now));
}

function wordTest(asked: Asked, kind: "text" | "keyword", name: string): IsKept {
  const single = kind === "text" ? textTest : keywordTest;
  if (asked.kind === "range") {
    throw new FilterError(`has a range of ${name}, which is text`, asked.from.at);
  }
  if (asked.kind === "comparison") {
    if (asked.operator !== "=") {
      throw new FilterError(`compares ${name}, which is text, by size`, asked.value.at);
    }
    const matches = single(asked.value);
    return (found) => matches(String(found));
  }
  const isOne = asked.kind === "words" && kind === "keyword";
  const tests = (isOne ? [joined(asked.values)] : asked.values).map(single);
  return asked.kind === "list"
    ? (found) => tests.some((matches) => matches(String(found)))
    : (found) => tests.every((matches) => matches(String(found)));
}

/** Consecutive words as one value. */
const joined = (values: readonly Value[]): Value => ({
  form: values[0]?.form ?? "bare",
  at: values[0]?.at ?? 0,
  text: values.map(({ text }) => text).join(" "),
});

function scaleTest(asked: Asked, span: (value: Value) => Span): IsKept {
  switch (asked.kind) {
    case "range": {
      const [from, to] = [span(asked.from), span(asked.to)];
      return asked.isClosed
        ? (found) => Number(found) >= from.from && Number(found) <= to.to
        : (found) => Number(found) > from.to && Number(found) < to.from;
    }
    case "comparison": {
      const { from, to } = span(asked.value);
      const tests = {
        "<": (found: number) => found < from,
        "<=": (found: number) => found <= to,
        ">": (found: number) => found > to,
        ">=": (found: number) => found >= from,
        "=": (found: number) => found >= from && found <= to,
      };
      const test = tests[asked.operator];
      return (found) => test(Number(found));
    }
    case "list":
    case "words": {
      const spans = (asked.kind === "list" ? asked.values : [joined(asked.values)]).map(span);
      return (found) => spans.some(({ from, to }) => Number(found) >= from && Number(found) <= to);
    }
  }
}

function spanOf(value: Value, kind: "number" | "moment", name: string, now: number): Span {
  const span = kind === "number" ? numberSpan(value) : momentSpan(value, now);
  if (span) return span;
  const expected = kind === "number" ? "a number" : "a date, a date-time with a zone, or now";
  throw new FilterError(
    `compares ${name} with ${JSON.stringify(value.text)}, which is not ${expected}`,
    value.at,
  );
}
