import { describe, expect, it } from "vitest";
import type { Vendor } from "../../src/core/vendor.ts";
import { acme, serve } from "../support/acme.ts";

/** Parts of a vendor that throw while `isBroken` is true. */
type Parts = (isBroken: () => boolean, good: Vendor) => Partial<Vendor>;

const boom = (): never => {
  throw new TypeError("boom");
};

const PARTS: readonly (readonly [part: string, key: string, parts: Parts])[] = [
  ["what a request claims", "key", (is) => ({ claim: () => (is() ? boom() : undefined) })],
  [
    "how a reply is written",
    "key",
    (is) => ({ encode: ({ value }) => (is() ? boom() : JSON.stringify(value)) }),
  ],
  ["the headers of a reply", "key", (is) => ({ headers: () => (is() ? boom() : {}) })],
  [
    "who calls",
    "key",
    (is, { authenticate }) => ({
      authenticate: (...given) => (is() ? boom() : authenticate(...given)),
    }),
  ],
  [
    "how a call is refused",
    "wrong",
    (is, { refuse }) => ({ refuse: (...given) => (is() ? boom() : refuse(...given)) }),
  ],
];

describe("a vendor's function that throws", () => {
  it.each(PARTS)("%s: is a fault of ours, and the next call is answered", async (_, key, parts) => {
    let isBroken = true;
    const good = acme();
    const { url, tenant } = await serve({ ...good, ...parts(() => isBroken, good) });
    const ask = (shown: string) =>
      fetch(`${url}/acme/devices`, {
        method: "POST",
        headers: { "x-acme-key": shown, "content-type": "application/json" },
        body: '{"id":"5"}',
      });
    const reply = await ask(key);
    expect(reply.headers.get("x-fauxdr-error")).toContain("boom");
    expect([reply.status, await reply.json()]).toEqual([500, { error: "fauxdr failed: boom" }]);
    isBroken = false;
    expect((await ask("key")).status).toBe(200);
    const exchanges = tenant.journal.entries();
    expect(exchanges.map(({ open }) => open)).not.toContain(true);
    expect(exchanges.at(-1)).toMatchObject({ operation: "addDevice", reply: { status: 200 } });
    // The claim is read before the tenant is known.
    if (exchanges.length > 1) expect(exchanges[0]?.error).toContain("boom");
  });
});
