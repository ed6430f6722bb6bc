import type { Refusal } from "../../core/errors.ts";
import { json, type Reply } from "../../core/reply.ts";

const STATUS: Readonly<Record<Refusal["kind"], number>> = {
  malformed: 400,
  "not-an-object": 400,
  invalid: 400,
  unauthenticated: 401,
  unlicensed: 402,
  forbidden: 403,
  "no-target": 404,
  "not-found": 404,
  conflict: 409,
  "rate-limited": 429,
  "too-large": 413,
  failure: 500,
  "no-operation": 404,
  "not-served": 404,
  "wrong-method": 405,
};

/** Renders a refusal as the vendor's error response, the same in both wire forms. */
export const refuse = (refusal: Refusal): Reply =>
  json(
    { error: refusal.kind, message: messageOf(refusal) },
    { status: STATUS[refusal.kind], cause: refusal.kind, headers: headersOf(refusal) },
  );

function messageOf(refusal: Refusal): string {
  if ("problem" in refusal) return `${refusal.problem.where || "the body"} ${refusal.problem.what}`;
  if ("reason" in refusal) return refusal.reason;
  if (refusal.kind === "no-target") return `There is no device ${refusal.targets.join(", ")}.`;
  if (refusal.kind === "not-found") return `There is no ${refusal.what} ${refusal.id}.`;
  return `The request was refused (${refusal.kind}).`;
}

const headersOf = (refusal: Refusal): Readonly<Record<string, string>> =>
  refusal.kind === "wrong-method" ? { allow: refusal.allowed.join(", ") } : {};
