import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../src/mock.ts";
import * as cortex from "../../support/cortex.ts";
import { needs, run } from "../../support/programs.ts";
import { operationsOf, readSpec } from "../../support/specs.ts";

const curl = needs("curl");

type Sent = Readonly<Record<string, string>>;

/** Every call of the control API, on things that exist. Calls that delete them come last. */
const CALLS = operationsOf(readSpec("admin"))
  // Anybody may ask whether the server is up.
  .filter(({ path }) => path !== "/__admin/health")
  .map(({ method, path }) => ({
    method: method.toUpperCase(),
    path: path.replace("{tenant}", "default").replace(/\{[^}]+\}/, "1"),
  }))
  .toSorted((a, b) => Number(a.method === "DELETE") - Number(b.method === "DELETE"));

/** The status and text of a reply. A stream is not read, because it does not end. */
function ask(mock: Mock, { method, path }: (typeof CALLS)[number], headers: Sent, body = "") {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request(`${mock.url}${path}`, { method, headers }, (reply) => {
      const { statusCode: status = 0 } = reply;
      if (reply.headers["content-type"] === "text/event-stream") {
        resolve({ status, text: "" });
        return void sent.destroy();
      }
      let text = "";
      reply.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      reply.on("end", () => resolve({ status, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("a web page of somebody else's", () => {
  it.each([
    [
      "Origin",
      { origin: "https://evil.example" },
      "the page https://evil.example may not use this control API: name its host in --allowed-hosts if it is yours",
    ],
    [
      "Origin, of a file",
      { origin: "null" },
      "the page null may not use this control API: name its host in --allowed-hosts if it is yours",
    ],
    [
      "Origin, on another port",
      { origin: "http://127.0.0.1:1" },
      "the page http://127.0.0.1:1 may not use this control API: name its host in --allowed-hosts if it is yours",
    ],
    [
      "Sec-Fetch-Site",
      { "sec-fetch-site": "cross-site" },
      "a page on another site may not use this control API",
    ],
    [
      "Sec-Fetch-Site, of a sister",
      { "sec-fetch-site": "same-site" },
      "a page on another site may not use this control API",
    ],
    [
      "Host",
      { host: "evil.example" },
      "the control API does not answer under the host evil.example: name it in --allowed-hosts, or set --admin-token and send the token",
    ],
    [
      "Host, with a port",
      { host: "evil.example:4620" },
      "the control API does not answer under the host evil.example: name it in --allowed-hosts, or set --admin-token and send the token",
    ],
    [
      "Host, posing as an address",
      { host: "127.0.0.1.evil.example" },
      "the control API does not answer under the host 127.0.0.1.evil.example: name it in --allowed-hosts, or set --admin-token and send the token",
    ],
    [
      "Host and Origin alike",
      { host: "evil.example", origin: "http://evil.example", "sec-fetch-site": "same-origin" },
      "the control API does not answer under the host evil.example: name it in --allowed-hosts, or set --admin-token and send the token",
    ],
  ])("is given away by %s", async (_header, sent, error) => {
    await using mock = await startMock();
    await cortex.quarantine(mock);
    mock.faults.add({ id: "1", fault: { kind: "html-page" } });
    const before = mock.snapshot();
    for (const call of [...CALLS, { method: "GET", path: "/__admin/nothing" }]) {
      const refusal = { status: 403, text: JSON.stringify({ error }) };
      expect(await ask(mock, call, sent), call.path).toEqual(refusal);
    }
    expect([mock.snapshot(), mock.faults.list().length]).toEqual([before, 1]);
    expect(mock.journal.entries()).toHaveLength(1);
  });

  it.each(["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"])(
    "is refused what a form of it posts as %s",
    async (type) => {
      await using mock = await startMock();
      const form = {
        "content-type": type,
        origin: "https://evil.example",
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
      };
      const rule = JSON.stringify({ fault: { kind: "EMPTY_RESPONSE" } });
      for (const call of CALLS.filter(({ method }) => method === "POST")) {
        expect((await ask(mock, call, form, rule)).status, call.path).toBe(403);
      }
      expect(mock.faults.list()).toEqual([]);
    },
  );
});

describe("a host that some programs read as another", () => {
  it.each([
    "evil.example#.local",
    "evil.example/.local",
    "evil.example?.local",
    "evil.example@fauxdr.local",
    "evil.example\\.local",
    "evil.example%00.local",
    "evil.example .local",
    "evil.example.",
    "local.",
    ".local",
    "evil..local",
    "-evil.local",
    `${"a".repeat(64)}.local`,
    "[::1].evil.example",
    "127.0.0.1:4620.evil.example",
  ])("is refused: %j", async (host) => {
    await using mock = await startMock();
    const requests = { method: "GET", path: "/__admin/requests" };
    expect((await ask(mock, requests, { host })).status).toBe(403);
  });
});

describe("under a host that is not local", () => {
  const requests = { method: "GET", path: "/__admin/requests" };
  const status = async (mock: Mock, sent: Sent, call = requests): Promise<number> =>
    (await ask(mock, call, sent)).status;

  it("health answers all the same", async () => {
    await using mock = await startMock();
    for (const method of ["GET", "HEAD"]) {
      const health = { method, path: "/__admin/health" };
      expect(await status(mock, { host: "build.corp.example" }, health)).toBe(200);
    }
  });

  it.each([
    ["build.corp.example", "build.corp.example:4620", 200],
    ["Build.Corp.Example", "build.corp.example", 200],
    ["a.example, *.corp.example", "build.corp.example", 200],
    ["*", "evil.example", 200],
    ["build.corp.example", "other.corp.example", 403],
    ["*.corp.example", "corp.example", 403],
    ["*.corp.example", "evilcorp.example", 403],
    ["corp.example", "build.corp.example", 403],
  ])("the control API with --allowed-hosts %s, called %s: %i", async (allowedHosts, host, got) => {
    await using mock = await startMock({ allowedHosts });
    expect(await status(mock, { host })).toBe(got);
  });

  it("a page behind a proxy of an allowed host is let in, another one is not", async () => {
    await using mock = await startMock({ allowedHosts: "build.corp.example" });
    const proxied = { host: "127.0.0.1:4620" };
    expect(await status(mock, { ...proxied, origin: "https://build.corp.example" })).toBe(200);
    expect(await status(mock, { ...proxied, origin: "https://evil.example" })).toBe(403);
  });

  it("a browser's word that the page is ours counts where a proxy hides the host", async () => {
    await using mock = await startMock();
    const page = { host: "127.0.0.1:4620", origin: "http://localhost:8080" };
    expect(await status(mock, { ...page, "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await status(mock, page)).toBe(403);
  });

  it("a list with a port prevents the start", () => {
    expect(() => startMock({ allowedHosts: "build.corp.example:4620" })).toThrow(
      '"allowedHosts" in startMock\'s options must be * or host names such as mock.example or *.example, without ports, separated by commas, not "build.corp.example:4620".',
    );
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
    for (const call of CALLS) {
      const { status } = await ask(mock, call, sent as Sent);
      // The call may fail in several ways. A caller that is not allowed in learns none of them.
      expect([200, 201, 400, 404, 409], call.path).toContain(status);
    }
  });

  it.skipIf(curl.skip)(`is let in: curl${curl.note}`, async () => {
    await using mock = await startMock();
    const told = ["-so", "/dev/null", "-w", "%{http_code}"];
    for (const { method, path } of CALLS.filter(({ path: one }) => !one.endsWith("stream"))) {
      const { stdout } = await run("curl", [...told, "-X", method, `${mock.url}${path}`]);
      expect(["200", "201", "400", "404", "409"], path).toContain(stdout);
    }
    const rule = JSON.stringify({ fault: { kind: "EMPTY_RESPONSE" } });
    const added = await run("curl", [
      ...told,
      ...["-H", "content-type: application/json", "-d", rule],
      `${mock.url}/__admin/tenants/default/faults`,
    ]);
    expect([added.stdout, mock.faults.list().length]).toEqual(["201", 1]);
  });
});
