import { request } from "node:http";
import { expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";

it.each([
  ["/__admin", "text/html; charset=utf-8"],
  ["/__admin/", "text/html; charset=utf-8"],
  ["/__admin/inspector/inspector.js", "text/javascript; charset=utf-8"],
  ["/__admin/inspector/style.css", "text/css; charset=utf-8"],
])("%s needs no token, and lets nothing run but its own script", async (path, type) => {
  await using mock = await startMock({ adminToken: "open-sesame" });
  const { status, headers } = await fetch(mock.url + path);
  expect([status, headers.get("content-type")]).toEqual([200, type]);
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(mock.journal.entries()).toEqual([]);
});

it("has addresses that are relative: a proxy may put a path before them", async () => {
  await using mock = await startMock();
  const bare = await fetch(`${mock.url}/__admin`, { redirect: "manual" });
  expect([bare.status, bare.headers.get("location")]).toEqual([308, "__admin/"]);
  const html = await (await fetch(`${mock.url}/__admin/`)).text();
  expect(html).not.toMatch(/(href|src)="\//);
});

it.each([
  ["/__admin/inspector/../cli.cjs", 404],
  ["/__admin/inspector/%2e%2e/cli.cjs", 404],
  ["/__admin/inspector/inspector.map", 404],
  ["/__admin/inspector/none.js", 404],
  ["/__admin/inspector/", 404],
])("there is no %s", async (path, status) => {
  await using mock = await startMock();
  expect(await asked(`${mock.url}${path}`, path)).toBe(status);
});

it("a page on another site gets nothing", async () => {
  await using mock = await startMock();
  const get = async (headers: Record<string, string>) =>
    (await fetch(`${mock.url}/__admin/`, { headers })).status;
  expect(await get({ "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await get({ origin: "https://evil.example" })).toBe(403);
});

it("is looked at, not posted to", async () => {
  await using mock = await startMock();
  expect((await fetch(`${mock.url}/__admin/`, { method: "POST" })).status).toBe(404);
  const head = await fetch(`${mock.url}/__admin/`, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
});

/** The status of a path that is sent unchanged: `fetch` would resolve its dots. */
const asked = (url: string, path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { path }, (res) => resolve(res.resume().statusCode))
      .on("error", reject)
      .end();
  });
