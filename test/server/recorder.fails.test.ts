import { describe, expect, it } from "vitest";
import { ownFaultIn } from "../../src/contract/judge.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { verify } from "../../src/core/journal/verify.ts";
import { createTenant } from "../../src/core/tenant.ts";
import type { WireRequest } from "../../src/core/vendor.ts";
import { createFeed } from "../../src/server/feed.ts";
import { createRecorder } from "../../src/server/recorder.ts";
import { defaultSettings } from "../support/settings.ts";

const SECRET = "a-secret-of-somebody";

/** A request that throws when it is read, with a secret in its error. */
const broken: WireRequest = {
  scheme: "http",
  httpVersion: "1.1",
  method: "POST",
  url: `/x?token=${SECRET}`,
  path: "/x",
  query: new URLSearchParams(),
  headers: new Proxy(
    {},
    {
      ownKeys: () => {
        throw new RangeError(`Invalid pattern: ${SECRET}`);
      },
    },
  ),
  body: Buffer.from(SECRET),
};

function recorded(): { readonly exchange: Exchange; readonly told: Exchange[] } & {
  readonly tenant: ReturnType<typeof createTenant>;
} {
  const tenant = createTenant({
    name: "default",
    number: 0,
    settings: defaultSettings,
    begin: () => [],
  });
  const told: Exchange[] = [];
  const feed = createFeed();
  feed.watch({ ended: (exchange) => told.push(exchange) });
  const recorder = createRecorder({ vendors: [], secrets: [], feed });
  recorder.open(tenant, undefined, broken, 0).closed(false, 1);
  const [exchange] = tenant.journal.entries();
  if (!exchange) throw new Error("nothing in the journal");
  return { exchange, told, tenant };
}

describe("an exchange that cannot be recorded", () => {
  it("is in the journal, and says so, without a word of what was sent", () => {
    const { exchange, told } = recorded();
    expect(exchange).toMatchObject({
      id: 1,
      unrecorded: true,
      error: expect.stringMatching(/^fauxdr could not record this exchange: RangeError\n/),
      request: { url: "[not shown]", headers: {}, body: { text: "", cut: true } },
    });
    expect(told).toEqual([exchange]);
    expect(JSON.stringify(exchange)).not.toContain(SECRET);
  });

  it("fails a run, although it belongs to no vendor", () => {
    expect(ownFaultIn([recorded().exchange])).toMatch(/could not record/);
  });

  it("leaves every expectation open", () => {
    const { tenant } = recorded();
    expect(verify(tenant.journal, { method: "GET", times: 0 }).verdict).toBe("cannot-tell");
    expect(verify(tenant.journal, { method: "GET" }).verdict).toBe("cannot-tell");
  });
});
