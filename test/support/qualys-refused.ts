import { expect } from "vitest";
import type { TenantHandle } from "../../src/index.ts";
import { NOW } from "./qualys.ts";
import type { Answer } from "./qualys-client.ts";
import { unchanged } from "./unchanged.ts";

/** What can be seen of a refusal: on the wire, and in the journal. */
export interface Refused {
  readonly status: number;
  readonly text: string;
  readonly cause: string | undefined;
  readonly basis: string | undefined;
}

/** Asks for what must be refused. One exchange is all that it may leave behind. */
export async function refused(
  { store, journal }: TenantHandle,
  ask: () => Promise<Answer>,
): Promise<Refused> {
  const expectUnchanged = unchanged(store);
  const exchanges = journal.entries().length;
  const { status, headers, text } = await ask();
  expect(headers.get("content-type")).toBe("application/json");
  expectUnchanged();
  const entries = journal.entries();
  expect(entries).toHaveLength(exchanges + 1);
  const exchange = entries.at(-1);
  expect(exchange?.reply?.status).toBe(status);
  return { status, text, cause: exchange?.reply?.cause, basis: exchange?.reply?.basis };
}

/** A refusal in the gateway's one shape, as `refused` shows it. */
export const refusal = (
  code: string,
  cause: string,
  message: string,
  { basis = "assumed", at = NOW } = {},
): Refused => ({
  status: Number.parseInt(code, 10),
  text: JSON.stringify({ errorCode: code, message, timestamp: at }),
  cause,
  basis,
});

export const badRequest = (message: string, cause = "invalid"): Refused =>
  refusal("400 BAD_REQUEST", cause, message);

/** The answer to a sign-in that failed: a shape of its own. */
export const notSignedIn = (basis = "recorded"): Refused => ({
  status: 401,
  text: '{"authentication_exceptions":["InvalidCredentialsException"]}',
  cause: "unauthenticated",
  basis,
});
