import { expect, it } from "vitest";
import { judge } from "../../src/contract/judge.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { vendors } from "../../src/vendors/index.ts";
import { cpuMs } from "../support/cpu.ts";
import { exchangeOf, type Seen, under } from "../support/exchanges.ts";

const [SIZE, GROWTH] = [250, 8];

/** Journals in which each call gives a rule something to look for among all others. */
const JOURNALS: Readonly<Record<string, (at: number) => Seen>> = {
  "calls that are refused": (at) => ({ status: 400, body: String(at), refusal: REFUSAL }),
  "one call that fails": () => ({ status: 503, reply: reply(503, "fault") }),
  "calls whose replies are lost": (at) => ({ body: String(at), aborted: true, operation: "act" }),
  "actions that are polled once": (at) => ({
    operation: at % 2 === 0 ? "create" : "status",
    url: `/x/${at >> 1}`,
  }),
  logins: (at) => ({ operation: "login", body: `username=${at}`, reply: reply(201, "ok") }),
};
const REFUSAL = { kind: "malformed", reason: "no JSON" } as const;
const reply = (status: number, cause: string) => ({
  status,
  headers: {},
  body: { text: "", bytes: 0 },
  cause,
});

/** The general rules and those of one vendor, with a contract that follows the actions above. */
function judged() {
  const [vendor] = vendors;
  if (!vendor) throw new Error("no vendor");
  const { name, contract } = vendor;
  return {
    name,
    contract: {
      ...contract,
      destructive: ["act"],
      logins: ["login"],
      createdBy: ({ operation, request }: Exchange) =>
        operation === "create" ? request.url : undefined,
      progressOf: ({ operation, request }: Exchange) =>
        operation === "status" ? { action: request.url, ended: false } : undefined,
      aimOf: ({ operation, request }: Exchange) =>
        operation === "act" ? { subject: "same", targets: [request.body.text] } : undefined,
    },
  };
}

it.each(Object.entries(JOURNALS))("judging %s takes no more than its length", (_, make) => {
  const vendor = judged();
  const journalOf = (size: number): Exchange[] =>
    Array.from({ length: size }, (_, at) => {
      const seen = { vendor: vendor.name, at: new Date(1.7e12 + at).toISOString(), ...make(at) };
      return under(exchangeOf(seen as Seen))(at + 1);
    });
  const cpuFor = (size: number): number => {
    const exchanges = journalOf(size);
    const before = cpuMs();
    judge(exchanges, [vendor]);
    return cpuMs() - before;
  };
  const [once, more] = [cpuFor(SIZE), cpuFor(GROWTH * SIZE)];
  // Quadratic work grows by sixty-four.
  expect(more < 100 || more < 3 * GROWTH * once, `${once} ms, then ${more} ms`).toBe(true);
});
