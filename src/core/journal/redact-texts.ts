import type { Redactor } from "./redact.ts";

/**
 * Removes credentials from each text of a JSON value, member names included. Not from its JSON as a whole, because a
 * secret could begin inside an escape there.
 */
export function redactTexts<Value>(value: Value, { text }: Pick<Redactor, "text">): Value {
  const walk = (one: unknown): unknown => {
    if (typeof one === "string") return text(one);
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([name, child]) => [text(name), walk(child)]),
    );
  };
  return walk(value) as Value;
}
