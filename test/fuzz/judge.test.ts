import { describe, expect, it } from "vitest";
import { rulesFor, type VendorRules } from "../../src/contract/judge.ts";
import type { Contract } from "../../src/core/contract.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { vendors } from "../../src/vendors/index.ts";
import { exchangeOf, type Seen, under } from "../support/exchanges.ts";

const [SIZE, GROWTH] = [60, 4];

/** Journals of `size` calls, each of which gives a rule something to look for among all others. */
const JOURNALS: Readonly<Record<string, (at: number, size: number) => Partial<Seen & Exchange>>> = {
  "calls that are refused": (at) => ({
    reply: reply(400, "malformed"),
    body: String(at),
    refusal: REFUSAL,
  }),
  "calls that are refused, and all sent again": (at, size) => ({
    reply: reply(400, "malformed"),
    body: String(at % (size / 2)),
    refusal: REFUSAL,
  }),
  "one call that fails": () => ({ status: 503, reply: reply(503, "fault") }),
  "calls whose replies are lost": (at) => ({ body: String(at), aborted: true, operation: "act" }),
  "calls that act on the same machines": (at) => ({
    operation: "act",
    body: String(at),
    reply: reply(200, "ok"),
  }),
  "actions that are polled once": (at) => ({
    operation: at % 2 === 0 ? "create" : "status",
    url: `/x/${at >> 1}`,
  }),
  "one action that is polled": () => ({ operation: "status", url: "/x/1" }),
  "redirects that nobody follows": (at) => ({
    status: 307,
    reply: { ...reply(307, "fault"), headers: { location: `http://${at}.example/` } },
  }),
  "redirects to one host, which are followed": (at) => ({
    headers: { host: at % 2 ? "there" : "here", authorization: "[redacted]" },
    reply: {
      ...reply(307, "fault"),
      headers: { location: `http://${at % 2 ? "here" : "there"}/` },
    },
  }),
  logins: (at) => ({ operation: "login", body: `username=${at}`, reply: reply(201, "ok") }),
  "tokens that expire": (at) => ({
    operation: at === 0 ? "login" : "act",
    ...(at === 0
      ? { reply: reply(201, "ok") }
      : { reply: reply(401, "unauthenticated"), refusal: LAPSED }),
  }),
};
const REFUSAL = { kind: "malformed", reason: "no JSON" } as const;
const LAPSED = { kind: "unauthenticated", flaw: "lapsed", reason: "expired" } as const;
const reply = (status: number, cause: string) => ({
  status,
  headers: {},
  body: { text: "", bytes: 0 },
  cause,
});

/** What rules do: reads of an exchange, of a list's element, and questions to the contract. */
let reads = 0;

const counted = <Value extends object>(value: Value): Value =>
  new Proxy(value, {
    get: (target, name, receiver) => {
      reads++;
      return Reflect.get(target, name, receiver);
    },
  });

/** The general rules and those of a vendor, with a contract that follows the actions above. */
function judged({ name, contract }: VendorRules): VendorRules {
  const asked =
    <Answer>(answer: (exchange: Exchange) => Answer) =>
    (exchange: Exchange): Answer => {
      reads++;
      return answer(exchange);
    };
  const own: Partial<Contract> = {
    destructive: ["act"],
    logins: ["login"],
    createdBy: asked(({ operation, request }) =>
      operation === "create" ? request.url : undefined,
    ),
    progressOf: asked(({ operation, request }) =>
      operation === "status" ? { action: request.url, ended: false } : undefined,
    ),
    aimOf: asked(({ operation, request }) =>
      operation === "act"
        ? { subject: "same", targets: ["machine", request.body.text] }
        : undefined,
    ),
  };
  return { name, contract: { ...contract, ...own } };
}

describe.each(vendors.map((vendor) => [vendor.name, judged(vendor)] as const))(
  "the rules for %s",
  (_, vendor) => {
    const journalOf = (kind: string, size: number): Exchange[] =>
      Array.from({ length: size }, (_, at) => {
        const made = JOURNALS[kind]?.(at, size);
        const seen = { vendor: vendor.name, at: new Date(1.7e12 + at).toISOString(), ...made };
        return counted(under(exchangeOf(seen))(at + 1));
      });

    it.each(Object.keys(JOURNALS))("read a few times what there is of %s", (kind) => {
      for (const rule of rulesFor(vendor)) {
        const [once, more] = [SIZE, GROWTH * SIZE].map((size) => {
          const exchanges = counted(journalOf(kind, size));
          reads = 0;
          const flaws = rule.judge(exchanges);
          return flaws.reduce((sum, flaw) => sum + flaw.exchanges.length, reads);
        }) as [number, number];
        // Quadratic work grows by sixteen.
        expect(more, `${rule.id} reads ${once} times, then ${more}`).toBeLessThan(
          1.5 * GROWTH * once + 100,
        );
      }
    });
  },
);
