import { expect, it } from "vitest";
import type { Exchange } from "../../src/core/journal/journal.ts";
import {
  type ReplicatedJournal,
  replicatedJournal,
} from "../../src/core/replication/replicated-journal.ts";
import { json } from "../../src/core/reply.ts";
import { createTenant, journalLimits, type Tenant } from "../../src/core/tenant.ts";
import type { WireRequest } from "../../src/core/vendor.ts";
import { createFeed } from "../../src/server/feed.ts";
import { createRecorder, type Recorder } from "../../src/server/recorder.ts";
import type { Wire } from "../../src/server/wire/write-response.ts";
import { vendors } from "../../src/vendors/index.ts";
import { corpus, secretsIn } from "../support/corpus.ts";
import { defaultSettings } from "../support/settings.ts";

const cases = corpus((number) => `Zx9Qv7Rt42kLmN8w${number}qB`);

interface Recorded {
  readonly tenant: Tenant;
  readonly recorder: Recorder;
}

/** A recorder with or without a watcher, and with a journal of its own or one that servers share. */
function recorderOf(isWatched: boolean, isShared = false): Recorded {
  const clock = "2026-01-31T12:00:00Z";
  const settings = { ...defaultSettings, clock, journalBodyBytes: 2000 };
  const tenant = createTenant({
    ...{ name: "default", number: 0, settings, begin: () => [] },
    ...(isShared && { journal: replicatedJournal(journalLimits(settings), "server") }),
  });
  const feed = createFeed();
  if (isWatched) feed.watch({ ended: () => {} });
  return { tenant, recorder: createRecorder({ vendors, secrets: [], feed }) };
}

function requestOf(url: string, headers: WireRequest["headers"], body: Buffer): WireRequest {
  const [path = "", query = ""] = url.split("?");
  const parts = { path, query: new URLSearchParams(query) };
  return { scheme: "http", httpVersion: "1.1", method: "POST", url, ...parts, headers, body };
}

const wireOf = (plain: string): Wire => ({ status: 200, headers: {}, payload: plain, plain });

function record({ tenant, recorder }: Recorded, request: WireRequest, wire: Wire): void {
  const recording = recorder.open(tenant, vendors[0], request, 0);
  recording.received(request);
  recording.replied({ reply: json({}) }, wire);
  recording.closed(false, 1);
}

/** The exchanges without the values that differ between runs. */
const entriesOf = ({ tenant }: Recorded): Exchange[] =>
  tenant.journal.entries().map((one) => ({ ...one, timings: { requestMs: 0 }, durationMs: 0 }));

it("an exchange that is read late is the one that is read at once, and has no secret either", () => {
  const [atOnce, late] = [recorderOf(true), recorderOf(false)];
  for (const { path, headers = {}, body = "" } of cases) {
    const request = requestOf(path, headers, Buffer.from(body as string));
    for (const one of [atOnce, late]) record(one, request, wireOf("{}"));
  }
  const shown = entriesOf(late);
  expect(shown).toHaveLength(cases.length);
  expect(shown).toEqual(entriesOf(atOnce));
  const secrets = cases.map(({ secret }) => secret);
  expect(secretsIn(JSON.stringify(shown), secrets)).toEqual([]);
});

it.each<[string, Buffer]>([
  ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d])],
  ["UTF-8 beyond ASCII", Buffer.from('{"name":"Ünïcødé 🦊"}')],
  ["more than the journal keeps", Buffer.from(`{"name":"${"ä".repeat(3000)}"}`)],
  ["nothing", Buffer.alloc(0)],
])("a body of %s is read late as it is read at once", (_what, body) => {
  const [atOnce, late] = [recorderOf(true), recorderOf(false)];
  const request = requestOf("/x", { "content-type": "application/json" }, body);
  for (const one of [atOnce, late]) record(one, request, wireOf("{}"));
  expect(entriesOf(late)).toEqual(entriesOf(atOnce));
});

it.each([
  ["its own", false],
  ["a shared", true],
])(
  "in %s journal an exchange lasts until its connection was done with it, however late that is recorded",
  (_whose, isShared) => {
    const { tenant, recorder } = recorderOf(false, isShared);
    const recording = recorder.open(tenant, vendors[0], requestOf("/x", {}, Buffer.alloc(0)), 0);
    // What is reported is all that a shared journal keeps.
    if (isShared) (tenant.journal as ReplicatedJournal).changes();
    recording.closed(false, 12.5);
    expect(tenant.journal.entries()).toMatchObject([{ durationMs: 12.5 }]);
  },
);

it("headers that differ from those of the call before, in order too, are kept as they came", () => {
  const late = recorderOf(false);
  const sets: Record<string, string>[] = [
    { host: "a", accept: "b" },
    { host: "a", accept: "b" },
    { accept: "b", host: "a" },
    { host: "a" },
    { host: "a", accept: "c" },
  ];
  for (const headers of sets) record(late, requestOf("/x", headers, Buffer.alloc(0)), wireOf("{}"));
  const shown = entriesOf(late).map(({ request }) => Object.entries(request.headers));
  expect(shown).toEqual(sets.map((headers) => Object.entries(headers)));
});

it("nothing of an exchange is looked into before somebody reads it", () => {
  const late = recorderOf(false);
  let looked = 0;
  const headers = new Proxy(
    {},
    {
      ownKeys: () => {
        looked++;
        return [];
      },
    },
  );
  record(late, requestOf("/x", {}, Buffer.alloc(0)), { ...wireOf("{}"), headers });
  expect(looked).toBe(0);
  late.tenant.journal.entries();
  expect(looked).toBeGreaterThan(0);
});
