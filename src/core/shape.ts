import { isMoment } from "./clock.ts";

/** The shape of a JSON value from outside. */
export type Shape =
  | "text"
  /** A whole number from 0. */
  | "count"
  /** Milliseconds that a clock can show. */
  | "moment"
  | "switch"
  /** A whole number from 0. */
  | { readonly upTo: number }
  | { readonly oneOf: readonly string[] }
  | { readonly list: Shape }
  | {
      readonly members: Readonly<Record<string, Shape>>;
      readonly optional?: Readonly<Record<string, Shape>>;
    };

/** The path at which a value does not match a shape. Undefined if it matches. Unknown members are allowed. */
export function misfit(value: unknown, shape: Shape, at = ""): string | undefined {
  const isRight = (right: boolean): string | undefined => (right ? undefined : at || "/");
  if (shape === "text") return isRight(typeof value === "string");
  if (shape === "switch") return isRight(typeof value === "boolean");
  if (shape === "moment") return isRight(isMoment(value));
  if (shape === "count") return isRight(isCount(value, Number.MAX_SAFE_INTEGER));
  if ("upTo" in shape) return isRight(isCount(value, shape.upTo));
  if ("oneOf" in shape) return isRight(shape.oneOf.some((one) => one === value));
  if ("list" in shape) {
    if (!Array.isArray(value)) return at || "/";
    return first(value, (one, index) => misfit(one, shape.list, `${at}/${index}`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return at || "/";
  const found = value as Readonly<Record<string, unknown>>;
  const check =
    (isOptional: boolean) =>
    ([name, one]: readonly [string, Shape]): string | undefined =>
      isOptional && found[name] === undefined
        ? undefined
        : misfit(Object.hasOwn(found, name) ? found[name] : undefined, one, `${at}/${name}`);
  return (
    first(Object.entries(shape.members), check(false)) ??
    first(Object.entries(shape.optional ?? {}), check(true))
  );
}

const isCount = (value: unknown, most: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;

function first<One>(
  all: readonly One[],
  look: (one: One, index: number) => string | undefined,
): string | undefined {
  for (const [index, one] of all.entries()) {
    const found = look(one, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
