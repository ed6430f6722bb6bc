import { createHash } from "node:crypto";
import type { Refusal } from "../core/errors.ts";
import type { StoredBody } from "../core/journal/journal.ts";
import { NOT_SHOWN, type Redactor } from "../core/journal/redact.ts";

/** Longer than any credential. */
const MARGIN = 1024;

/** The searched part of a body. It is longer than the stored part, because half a credential is not recognised. */
export function textOf(body: Buffer, cap: number): string {
  // A character has at most four bytes.
  const text = body.subarray(0, 4 * (cap + MARGIN)).toString("utf8");
  return text.length > cap ? text.slice(0, cap + MARGIN) : text;
}

export function replyBody(plain: Buffer | string, cap: number, clean: Redactor): StoredBody {
  const text = typeof plain === "string" ? plain : "";
  const looked = text.length > cap ? text.slice(0, cap + MARGIN) : text;
  return stored(clean.text(looked), looked, plain, cap);
}

/** `shown` is the redacted form of `looked`, the searched beginning of a body. */
export function stored(
  shown: string | undefined,
  looked: string,
  raw: Buffer | string,
  cap: number,
): StoredBody {
  const bytes = Buffer.byteLength(raw);
  if (shown !== undefined && looked.length <= cap) return { text: shown, bytes };
  const sha256 = createHash("sha256").update(raw).digest("hex");
  if (shown === undefined) return { text: "", bytes, cut: true, sha256, hidden: "not readable" };
  const text = shown.slice(0, Math.min(cap, Math.max(0, shown.length - MARGIN)));
  return { text, bytes, cut: true, sha256 };
}

/** Removes the characters at a JSON fault, which may be part of a secret. */
export function withoutNear(refusal: Refusal): Refusal {
  if (!("fault" in refusal) || refusal.fault === undefined) return refusal;
  return { ...refusal, fault: { ...refusal.fault, near: NOT_SHOWN } };
}

/** The kind of an error and its place in the code, without its message, which may repeat what the client sent. */
export function placeOf(error: unknown): string {
  const { name, stack = "" } = error instanceof Error ? error : new Error();
  return [name, ...(stack.match(/^ +at .*$/gm) ?? [])].join("\n");
}
