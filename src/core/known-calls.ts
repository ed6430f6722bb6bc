import type { Basis } from "./basis.ts";

/** A call of a vendor that public sources list, whether fauxdr serves it or not. */
export interface KnownCall {
  /** In capitals. `ANY` matches all methods. */
  readonly method: string;
  /** `{name}` matches one segment, a `*` at the end matches any rest. */
  readonly path: string;
  /** What it does, in a few words. */
  readonly what: string;
  readonly basis: Basis;
  readonly source: string;
}

/** Reads a table with a header line and tabs between its columns: method, path, what it does, basis, source. */
export const readKnownCalls = (text: string): readonly KnownCall[] =>
  text
    .split("\n")
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => {
      const [method = "", path = "", what = "", basis = "", source = ""] = line.split("\t");
      return { method, path, what, basis: basis as Basis, source };
    });

/** The call that a request makes. Undefined if no source lists it. A slash at the end of the path is ignored. */
export function knownCall(
  calls: readonly KnownCall[],
  method: string,
  path: string,
): KnownCall | undefined {
  const asked = segments(path);
  return calls.find(
    (call) => (call.method === method || call.method === "ANY") && fits(segments(call.path), asked),
  );
}

/** Whether a source lists the path, with any method. */
export const isKnownPath = (calls: readonly Pick<KnownCall, "path">[], path: string): boolean => {
  const asked = segments(path);
  return calls.some((call) => fits(segments(call.path), asked));
};

const segments = (path: string): string[] => path.replace(/\/$/, "").split("/");

function fits(pattern: readonly string[], asked: readonly string[]): boolean {
  const isOpen = pattern.at(-1) === "*";
  const fixed = isOpen ? pattern.slice(0, -1) : pattern;
  if (isOpen ? asked.length < fixed.length : asked.length !== fixed.length) return false;
  return fixed.every((segment, index) =>
    segment.startsWith("{") ? asked[index] !== "" : segment === asked[index],
  );
}
