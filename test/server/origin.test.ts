import { expect, it } from "vitest";
import { createClient } from "../../src/client.ts";
import { startMock } from "../../src/mock.ts";
import { originOf } from "../../src/server/origin.ts";
import { openPage } from "../support/browser.ts";
import { cortexClient } from "../support/clients.ts";
import { needs } from "../support/programs.ts";
import { startProxy } from "../support/proxy.ts";

const of = (headers: Record<string, string>) =>
  originOf({ scheme: "http", headers: { host: "127.0.0.1:4620", ...headers } });

it("is the scheme and host of the request", () => {
  expect(of({})).toBe("http://127.0.0.1:4620");
});

it("is what a proxy tells of itself", () => {
  const told = { "x-forwarded-proto": "https", "x-forwarded-host": "ci.example:8443" };
  expect(of(told)).toBe("https://ci.example:8443");
  expect(of({ ...told, "x-forwarded-prefix": "/a/mock/" })).toBe("https://ci.example:8443/a/mock");
  expect(of({ "x-forwarded-host": "[::1]:80" })).toBe("http://[::1]:80");
});

it("is that of the first of several proxies", () => {
  const told = { "x-forwarded-proto": "https, http", "x-forwarded-host": "outer.example, inner" };
  expect(of(told)).toBe("https://outer.example");
});

it.each([
  ["proto", "javascript"],
  ["proto", ""],
  ["host", "a b"],
  ["host", "user@evil.example"],
  ["host", "evil.example/path"],
  ["prefix", "//evil.example"],
  ["prefix", "no-slash"],
  ["prefix", "/a b"],
  ["prefix", "/"],
])("ignores X-Forwarded-%s: %s", (name, value) => {
  expect(of({ [`x-forwarded-${name}`]: value })).toBe("http://127.0.0.1:4620");
});

const nginx = needs("nginx");

it.skipIf(nginx.skip)(
  `a reply behind nginx has its address in its links${nginx.note}`,
  async () => {
    await using mock = await startMock();
    await using proxy = await startProxy(mock.url, "/ci/mock");
    const client = cortexClient({ ...mock, url: proxy.url });
    const retrieval = await client.post("endpoints/file_retrieval", {
      filters: [
        { field: "endpoint_id_list", operator: "in", value: ["facade00000000000000000000000001"] },
      ],
      files: { windows: ["C:\\\\temp\\\\x.txt"] },
    });
    mock.clock.advance(3_600_000);
    const { reply } = await client.post("actions/file_retrieval_details", {
      group_action_id: Number(retrieval.reply.action_id),
    });
    const [link] = Object.values(reply.data) as string[];
    expect(link).toMatch(new RegExp(`^${proxy.url}/public_api/v1/download/`));
  },
);

it.skipIf(nginx.skip)(
  `a stream behind nginx is not held back by its buffers${nginx.note}`,
  async () => {
    await using mock = await startMock();
    await using proxy = await startProxy(mock.url, "/ci/mock");
    const stream = await createClient({ url: proxy.url }).streamRequests();
    await fetch(`${proxy.url}/public_api/v1/healthcheck`);
    for await (const exchange of stream) {
      expect(exchange.request.url).toBe("/public_api/v1/healthcheck");
      break;
    }
  },
);

it.skipIf(nginx.skip)(`the inspector works under a path of nginx${nginx.note}`, async () => {
  await using mock = await startMock();
  await using proxy = await startProxy(mock.url, "/ci/mock");
  await using page = await openPage();
  // Without a final slash, as people type it.
  await page.goto(`${proxy.url}/__admin`);
  await page.getByText("live", { exact: true }).waitFor();
  await fetch(`${proxy.url}/public_api/v1/healthcheck`);
  await page
    .getByRole("main")
    .getByRole("link", { name: /healthcheck/ })
    .click();
  await page.getByRole("article").waitFor();
  expect(page.complaints).toEqual([]);
  expect(page.url()).toBe(`${proxy.url}/__admin/#/requests/2`);
});
