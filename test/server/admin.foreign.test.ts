import request from "supertest";
import { describe, expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import * as cortex from "../support/cortex.ts";

const CALLS = [
  ["get", "/__admin/health"],
  ["get", "/__admin/requests"],
  ["get", "/__admin/triggers"],
  ["post", "/__admin/reset"],
] as const;

describe("a web page of somebody else's", () => {
  it.each([
    [
      "Origin",
      { origin: "https://evil.example" },
      "the page https://evil.example may not steer this server",
    ],
    ["Origin, of a file", { origin: "null" }, "the page null may not steer this server"],
    [
      "Origin, on another port",
      { origin: "http://127.0.0.1:1" },
      "the page http://127.0.0.1:1 may not steer this server",
    ],
    [
      "Sec-Fetch-Site",
      { "sec-fetch-site": "cross-site" },
      "a page on another site may not steer this server",
    ],
    [
      "Sec-Fetch-Site, of a sister",
      { "sec-fetch-site": "same-site" },
      "a page on another site may not steer this server",
    ],
    [
      "Host",
      { host: "evil.example" },
      "a page that calls this server evil.example may not steer this server",
    ],
    [
      "Host, with a port",
      { host: "evil.example:4620" },
      "a page that calls this server evil.example:4620 may not steer this server",
    ],
    [
      "Host, posing as an address",
      { host: "127.0.0.1.evil.example" },
      "a page that calls this server 127.0.0.1.evil.example may not steer this server",
    ],
    [
      "Host and Origin alike",
      { host: "evil.example", origin: "http://evil.example", "sec-fetch-site": "same-origin" },
      "a page that calls this server evil.example may not steer this server",
    ],
  ])("is given away by %s", async (_header, sent, error) => {
    await using mock = await startMock();
    await cortex.quarantine(mock);
    for (const [method, path] of [...CALLS, ["get", "/__admin/nothing"] as const]) {
      const reply = await request(mock.url)[method](path).set(sent);
      expect([path, reply.status, reply.text]).toEqual([path, 403, JSON.stringify({ error })]);
    }
    expect(mock.journal.entries()).toHaveLength(1);
  });
});

describe("a call of one's own", () => {
  it.each([
    ["a program without any such header", {}],
    ["a container's name", { host: "fauxdr:4620" }],
    ["a service's name in a cluster", { host: "fauxdr.test-tools.svc.cluster.local:4620" }],
    ["the host's name inside a container", { host: "host.docker.internal:4620" }],
    ["localhost", { host: "localhost:4620" }],
    ["an IPv6 address", { host: "[::1]:4620" }],
    ["an address in the network", { host: "10.1.2.3" }],
    ["an address typed into a browser", { "sec-fetch-site": "none" }],
    [
      "our own page",
      { host: "localhost:4620", origin: "http://localhost:4620", "sec-fetch-site": "same-origin" },
    ],
    ["our own page over TLS", { host: "localhost:4621", origin: "https://localhost:4621" }],
  ])("is let in: %s", async (_from, sent) => {
    await using mock = await startMock();
    for (const [method, path] of CALLS) {
      expect([path, (await request(mock.url)[method](path).set(sent)).status]).toEqual([path, 200]);
    }
  });
});
