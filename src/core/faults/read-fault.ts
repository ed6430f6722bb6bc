import { KitError } from "../errors.ts";
import { readWhere } from "../journal/where.ts";
import { isObject } from "../json/is-object.ts";
import { isRefusal, REFUSALS } from "../refusal-examples.ts";
import { FAULTS, type Fault, type FaultRule } from "./fault.ts";

interface Field {
  readonly takes: string;
  readonly fits: (value: unknown) => boolean;
}

const DAY_MS = 86_400_000;

const isWithin =
  (min: number, max: number) =>
  (value: unknown): boolean =>
    typeof value === "number" && value >= min && value <= max;

const isWhole =
  (min: number, max: number) =>
  (value: unknown): boolean =>
    Number.isInteger(value) && isWithin(min, max)(value);

const isText = (value: unknown): boolean => typeof value === "string";

/** The characters that Node accepts in a header value. */
const isHeaderText = (value: unknown): boolean =>
  typeof value === "string" && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

/** A rule cannot set the headers that frame the body: Node rejects a body that contradicts them. */
const isHeaderName = (name: string): boolean =>
  /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/^(content-length|transfer-encoding|trailer)$/i.test(name);

const milliseconds = isWithin(0, DAY_MS);

const FIELDS: Readonly<Record<string, Field>> = {
  delayMs: {
    takes: "a number of milliseconds up to a day, or a range of two",
    fits: (value) =>
      milliseconds(value) ||
      (Array.isArray(value) &&
        value.length === 2 &&
        value.every(milliseconds) &&
        value[0] <= value[1]),
  },
  effect: { takes: "true or false", fits: (value) => typeof value === "boolean" },
  retryAfterSeconds: { takes: "a whole number of seconds", fits: isWhole(0, 86_400) },
  refusal: { takes: `one of ${REFUSALS.join(", ")}`, fits: isRefusal },
  status: { takes: "a status from 200 to 599", fits: isWhole(200, 599) },
  headers: {
    takes: "an object of header values, without content-length, transfer-encoding and trailer",
    fits: (value) =>
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      Object.keys(value).every(isHeaderName) &&
      Object.values(value).every(isHeaderText),
  },
  body: { takes: "a string or a JSON value", fits: (value) => value !== undefined },
  overMs: { takes: "a number of milliseconds up to a day", fits: milliseconds },
  contentType: { takes: "a media type", fits: isHeaderText },
  at: {
    takes: "a JSON pointer such as /reply/status",
    fits: (value) => isText(value) && /^\//.test(String(value)),
  },
  afterBytes: { takes: "a whole number", fits: isWhole(0, 2 ** 30) },
};

const RULE: Readonly<Record<keyof FaultRule, Field>> = {
  id: { takes: "a string that is not empty", fits: (value) => isText(value) && value !== "" },
  vendor: { takes: "a vendor's name", fits: isText },
  operation: { takes: "an operationId", fits: isText },
  where: { takes: "an object of conditions", fits: () => true },
  nth: { takes: "a whole number from 1", fits: isWhole(1, 1e9) },
  times: { takes: "a whole number from 1", fits: isWhole(1, 1e9) },
  probability: { takes: "a number from 0 to 1", fits: isWithin(0, 1) },
  fault: { takes: "an object with a kind", fits: isObject },
};

/** Checks a list of rules. Throws a KitError that names what is wrong. */
export function readFaultRules(value: unknown): readonly FaultRule[] {
  if (!Array.isArray(value)) throw new KitError("Fault rules must be an array of rules.");
  return value.map((rule, index) => readFaultRule(rule, `fault rule ${index + 1}`));
}

/** Checks a rule. Throws a KitError that names what is wrong. */
export function readFaultRule(value: unknown, called = "a fault rule"): FaultRule {
  if (!isObject(value)) throw new KitError(`${called} must be an object such as ${EXAMPLE}.`);
  const { fault, where } = checked(value, RULE, ["fault"], called);
  if (where !== undefined) readWhere(where, `"where" of ${called}`);
  const kind = (fault as Record<string, unknown>)["kind"];
  if (typeof kind !== "string" || !Object.hasOwn(FAULTS, kind)) {
    throw new KitError(
      `"kind" of a fault must be one of ${Object.keys(FAULTS).join(", ")}, not ${JSON.stringify(kind)}.`,
    );
  }
  const { needs = [], takes = [] } = FAULTS[kind as Fault["kind"]];
  const fields = Object.fromEntries(
    ["delayMs", ...needs, ...takes].map((name) => [name, FIELDS[name] as Field]),
  );
  const { kind: _, ...rest } = fault as Record<string, unknown>;
  checked(rest, fields, needs, `the fault ${kind}`);
  if (rest["afterBytes"] !== undefined && rest["effect"] === false) {
    throw new KitError(
      `"afterBytes" of the fault ${kind} sends part of the operation's reply: "effect" cannot be false.`,
    );
  }
  return value as unknown as FaultRule;
}

const EXAMPLE = '{"operation": "…", "times": 2, "fault": {"kind": "status", "status": 503}}';

function checked(
  value: Record<string, unknown>,
  fields: Readonly<Record<string, Field>>,
  needs: readonly string[],
  called: string,
): Record<string, unknown> {
  const missing = needs.find((name) => value[name] === undefined);
  if (missing) throw new KitError(`${called} needs "${missing}": ${fields[missing]?.takes}.`);
  for (const [name, found] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      throw new KitError(
        `${called} does not take "${name}": it takes ${Object.keys(fields).join(", ")}.`,
      );
    }
    if (found !== undefined && !field.fits(found)) {
      throw new KitError(
        `"${name}" of ${called} must be ${field.takes}, not ${JSON.stringify(found)}.`,
      );
    }
  }
  return value;
}
