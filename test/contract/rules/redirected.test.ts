import { expect, it } from "vitest";
import { redirected, redirectedLogin } from "../../../src/contract/rules/redirected.ts";
import type { Exchange } from "../../../src/core/journal/journal.ts";
import { startMock } from "../../../src/mock.ts";
import { acmeContract, journal } from "../../support/journals.ts";

interface Hop {
  readonly host: string;
  readonly key?: true;
  readonly status?: number;
  readonly location?: string;
  readonly operation?: string;
  readonly bytes?: number;
}

const KEY = { authorization: "[redacted]" };

const hops = (...given: readonly Hop[]): Exchange[] =>
  given.map(({ host, key, status = 200, location, operation, bytes = 2 }, index) => {
    const [exchange] = journal({ status }) as [Exchange];
    const headers = { host, ...(key && KEY) };
    const reply = { ...exchange.reply, headers: location === undefined ? {} : { location } };
    return {
      ...exchange,
      id: index + 1,
      ...(operation && { operation }),
      request: { ...exchange.request, headers, body: { text: "x", bytes } },
      reply,
    } as Exchange;
  });

const AWAY = { host: "a:1", key: true, status: 307, location: "http://b:1/x" } as const;

it("finds a credential that went to the host of a redirect", () => {
  const flaws = redirected.judge(hops(AWAY, { host: "b:1", key: true }));
  expect(flaws).toEqual([
    {
      exchanges: [1, 2],
      what: "strike was redirected (307) to b:1, and the credential went there",
    },
  ]);
});

it.each([300, 399])("finds it after a %d", (status) => {
  expect(redirected.judge(hops({ ...AWAY, status }, { host: "b:1", key: true }))).toHaveLength(1);
});

it("has nothing against a call without a reply", () => {
  const [first, ...rest] = hops(AWAY, { host: "b:1", key: true }) as [Exchange, Exchange];
  const { reply: _, ...lost } = first;
  expect(redirected.judge([lost, ...rest])).toEqual([]);
});

it("names several redirects in their order", () => {
  const flaws = redirected.judge(hops(AWAY, AWAY, { host: "b:1", key: true }));
  expect(flaws.map(({ exchanges }) => exchanges)).toEqual([
    [1, 3],
    [2, 3],
  ]);
});

it.each<[string, readonly Hop[]]>([
  ["a client that does not follow", [AWAY]],
  ["one that leaves its credential behind", [AWAY, { host: "b:1" }]],
  ["one that calls its own host again", [AWAY, { host: "a:1", key: true }]],
  [
    "a redirect to the same host",
    [
      { ...AWAY, location: "http://a:1/y" },
      { host: "a:1", key: true },
    ],
  ],
  [
    "a redirect to a path",
    [
      { ...AWAY, location: "/y" },
      { host: "a:1", key: true },
    ],
  ],
  [
    "the place of what was created",
    [
      { ...AWAY, status: 201 },
      { host: "b:1", key: true },
    ],
  ],
  ["a call to the other host before", [{ host: "b:1", key: true }, AWAY]],
  [
    "another status with a place",
    [
      { ...AWAY, status: 400 },
      { host: "b:1", key: true },
    ],
  ],
  [
    "a path that has an address in it",
    [
      { ...AWAY, location: "/to?http://b:1/x" },
      { host: "b:1", key: true },
    ],
  ],
  [
    "a redirect to nowhere, and a call to no host",
    [
      { host: "a:1", key: true, status: 307 },
      { host: "", key: true },
    ],
  ],
])("has nothing against %s", (_, given) => {
  expect(redirected.judge(hops(...given))).toEqual([]);
});

const { judge } = redirectedLogin({ ...acmeContract, logins: ["enter"] });
const LOGIN = { ...AWAY, operation: "enter" };

it("finds a login that followed a redirect to another host with its body", () => {
  expect(judge(hops(LOGIN, { host: "b:1", operation: "enter" }))).toEqual([
    {
      exchanges: [1, 2],
      what: "enter was redirected (307) to b:1, and the login with its password went there",
    },
  ]);
});

it.each<[string, readonly Hop[]]>([
  ["a login that does not follow", [LOGIN]],
  ["one that follows without its body", [LOGIN, { host: "b:1", operation: "enter", bytes: 0 }]],
  ["one that tries its own host again", [LOGIN, { host: "a:1", operation: "enter" }]],
  ["another call that follows", [AWAY, { host: "b:1", operation: "strike" }]],
])("has nothing against %s", (_, given) => {
  expect(judge(hops(...given))).toEqual([]);
});

it("is met by a mock that redirects: the client that follows with its key is found", async () => {
  await using mock = await startMock();
  mock.faults.add({ nth: 1, fault: { kind: "redirect" } });
  const headers = { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" };
  const path = "/public_api/v1/healthcheck";
  const reply = await fetch(mock.url + path, { headers, redirect: "manual" });
  const location = reply.headers.get("location") ?? "";
  expect([reply.status, location]).toEqual([307, `http://localhost:${mock.port}${path}`]);
  // localhost may be another address on this machine.
  const other = { ...headers, host: new URL(location).host };
  const { request } = await import("node:http");
  await new Promise((resolve) =>
    request(mock.url + path, { headers: other }, (res) => res.resume().on("end", resolve)).end(),
  );
  expect(redirected.judge(mock.journal.entries())).toHaveLength(1);
});
