import { describe, expect, it } from "vitest";
import { toHar } from "../../../src/core/journal/har.ts";
import { createJournal, type Exchange } from "../../../src/core/journal/journal.ts";
import { exchangeOf, type Seen, under } from "../../support/exchanges.ts";
import { complaints } from "../../support/har.ts";

const SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

const full: Omit<Exchange, "id"> = {
  at: "2026-01-31T12:00:00.000Z",
  tenant: "red",
  vendor: "acme",
  operation: "addDevice",
  request: {
    scheme: "http",
    httpVersion: "1.1",
    method: "POST",
    url: "/devices?tag=a%20b&tag=c&empty=",
    headers: {
      host: "127.0.0.1:4620",
      "content-type": "application/json",
      authorization: "[redacted]",
    },
    body: { text: '{"id":"a"}', bytes: 10 },
  },
  fault: { rule: "r", kind: "delay", effect: true },
  reply: {
    status: 200,
    headers: { "content-type": "application/json", location: "/devices/a" },
    body: { text: '{"ok":', bytes: 11, cut: true, sha256: SHA },
    cause: "ok",
  },
  timings: { requestMs: 1.5, replyMs: 4 },
  durationMs: 10,
};

interface Archive {
  readonly log: {
    readonly entries: readonly {
      readonly time: number;
      readonly comment: string;
      readonly request: {
        readonly url: string;
        readonly headers: unknown;
        readonly httpVersion: string;
      };
      readonly response: {
        readonly status: number;
        readonly bodySize: number;
        readonly httpVersion: string;
      };
      readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
    }[];
  };
}

/** The archive of exchanges as they are in a journal, read back from its JSON. */
function archiveOf(...exchanges: readonly Omit<Exchange, "id" | "open">[]): Archive {
  const journal = createJournal({ entries: 100, bytes: 1e9 });
  for (const exchange of exchanges) journal.open(under(exchange)).close();
  return JSON.parse(JSON.stringify(toHar(journal.entries(), "1.2.3"))) as Archive;
}

it("of no exchanges is an archive", () => {
  expect(archiveOf()).toEqual({
    log: { version: "1.2", creator: { name: "fauxdr", version: "1.2.3" }, entries: [] },
  });
});

it("holds all that an archive has a place for", () => {
  const archive = archiveOf(full);
  expect(complaints(archive)).toEqual([]);
  expect(archive.log.entries).toEqual([
    {
      startedDateTime: "2026-01-31T12:00:00.000Z",
      time: 10,
      request: {
        method: "POST",
        url: "http://127.0.0.1:4620/devices?tag=a%20b&tag=c&empty=",
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: [
          { name: "host", value: "127.0.0.1:4620" },
          { name: "content-type", value: "application/json" },
          { name: "authorization", value: "[redacted]" },
        ],
        queryString: [
          { name: "tag", value: "a b" },
          { name: "tag", value: "c" },
          { name: "empty", value: "" },
        ],
        headersSize: -1,
        bodySize: 10,
        postData: { mimeType: "application/json", text: '{"id":"a"}' },
      },
      response: {
        status: 200,
        statusText: "",
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: [
          { name: "content-type", value: "application/json" },
          { name: "location", value: "/devices/a" },
        ],
        content: {
          size: 11,
          mimeType: "application/json",
          text: '{"ok":',
          comment: `cut; SHA-256 of all of it: ${SHA}`,
        },
        redirectURL: "/devices/a",
        headersSize: -1,
        bodySize: 11,
      },
      cache: {},
      timings: { send: 1.5, wait: 2.5, receive: 6 },
      comment: "red #1, addDevice, fault delay",
    },
  ]);
});

it.each([
  ["1.0", "HTTP/1.0"],
  ["1.1", "HTTP/1.1"],
  ["2.0", "HTTP/2.0"],
  [undefined, "unknown"],
])("names the HTTP version of an exchange: %s as %s", (httpVersion, named) => {
  const { httpVersion: _, ...request } = full.request;
  const archive = archiveOf({
    ...full,
    request: { ...request, ...(httpVersion && { httpVersion }) },
  });
  expect(complaints(archive)).toEqual([]);
  const [entry] = archive.log.entries;
  expect([entry?.request.httpVersion, entry?.response.httpVersion]).toEqual([named, named]);
});

const { reply: _, operation: __, vendor: ___, ...unanswered } = exchangeOf();

describe("an archive is one", () => {
  it.each<[string, Omit<Exchange, "id">]>([
    ["a request without a reply", { ...unanswered, aborted: true }],
    ["a request without a body", exchangeOf({ method: "GET" })],
    ["a request whose body has no type", exchangeOf({ body: "x" })],
    ["a request whose body was cut", exchangeOf({ body: "x", cut: true })],
    ["bytes that were no request", exchangeOf({ method: "", url: "", status: 400 })],
    ["times that nobody took", { ...full, timings: { requestMs: 0 } }],
    ["a reply that was out before it was counted", { ...full, durationMs: 2 }],
  ])("with %s", (_what, exchange) => {
    const archive = archiveOf(exchange);
    expect(complaints(archive)).toEqual([]);
    const [{ time, timings } = { time: 0, timings: { send: 0, wait: 0, receive: 0 } }] =
      archive.log.entries;
    expect(time).toBeCloseTo(timings.send + timings.wait + timings.receive);
  });

  it("with an exchange that is under way", () => {
    const journal = createJournal({ entries: 10, bytes: 1000 });
    journal.open(under({ ...unanswered, timings: { requestMs: 3 }, durationMs: 0 }));
    const archive = toHar(journal.entries(), "1.2.3") as unknown as Archive;
    expect(complaints(archive)).toEqual([]);
    expect(archive.log.entries).toMatchObject([
      { time: 3, timings: { send: 3, wait: 0, receive: 0 }, response: { status: 0, bodySize: -1 } },
    ]);
  });
});

describe("an address", () => {
  it.each<[string, Seen, string]>([
    ["is that of the Host", { headers: { host: "mock:80" }, url: "/a" }, "http://mock/a"],
    ["is local without one", { url: "/a?b" }, "http://localhost/a?b"],
    ["is local with an empty one", { headers: { host: "" }, url: "/a/b" }, "http://localhost/a/b"],
    [
      "is local with one that is none",
      { headers: { host: "[::" }, url: "/a" },
      "http://localhost/a",
    ],
    ["is local with two words", { headers: { host: "a b" }, url: "/a" }, "http://localhost/a"],
    ["is local with no port", { headers: { host: "a:99999" }, url: "/" }, "http://localhost/"],
    [
      "is local where the Host was taken out",
      { headers: { host: "[redacted]" }, url: "/" },
      "http://localhost/",
    ],
    ["is the Host's for a proxy, too", { url: "HTTP://elsewhere/a?b=1" }, "http://localhost/a?b=1"],
    ["keeps one in its query", { url: "/a?b=http://c/d" }, "http://localhost/a?b=http://c/d"],
    ["has a path where the request had none", { url: "*" }, "http://localhost/*"],
    ["has one with two slashes", { url: "//a/b" }, "http://localhost//a/b"],
  ])("%s", (_what, seen, url) => {
    const archive = archiveOf(exchangeOf(seen));
    expect(complaints(archive)).toEqual([]);
    expect(archive.log.entries[0]?.request.url).toBe(url);
  });
});

it("has empty texts, and no data, where an exchange has none", () => {
  const [bare, typeless] = archiveOf(unanswered, exchangeOf({ body: "x" })).log.entries;
  expect(bare?.request).not.toHaveProperty("postData");
  expect(typeless?.request).toMatchObject({ postData: { mimeType: "", text: "x" } });
  expect(bare?.response).toMatchObject({ content: { size: 0, mimeType: "", text: "" } });
  expect(bare?.response).toMatchObject({ redirectURL: "", headers: [] });
});

it("the comment has tenant and number, and details only if there are any", () => {
  const comments = archiveOf(unanswered, full).log.entries.map(({ comment }) => comment);
  expect(comments).toEqual(["default #1", "red #2, addDevice, fault delay"]);
});
