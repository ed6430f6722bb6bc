import type { Test } from "supertest";
import { expect } from "vitest";
import type { Mock } from "../../src/mock.ts";
import { unchanged } from "./unchanged.ts";

/** What can be seen of a refusal: on the wire, and in the journal. */
export interface Refused {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
  readonly kind: string | undefined;
  readonly basis: string | undefined;
}

/** Sends what must be refused. One exchange is all it may leave behind. */
export async function refused(mock: Mock, call: Test): Promise<Refused> {
  const { store, journal } = mock;
  const expectUnchanged = unchanged(store);
  const exchanges = journal.entries().length;
  const reply = await call;
  expectUnchanged();
  const entries = journal.entries();
  expect(entries).toHaveLength(exchanges + 1);
  const exchange = entries.at(-1);
  expect(exchange?.reply?.status).toBe(reply.status);
  // A mistake in a body may have a cause of its own in the spec.
  if (exchange?.refusal?.kind !== "invalid") {
    expect(exchange?.reply?.cause).toBe(exchange?.refusal?.kind);
  }
  return {
    status: reply.status,
    type: reply.headers["content-type"],
    text: reply.text,
    kind: exchange?.refusal?.kind,
    basis: exchange?.reply?.basis,
  };
}
