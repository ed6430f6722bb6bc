import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { sendProbe } from "../../src/contract/send-probe.ts";
import { startMock } from "../../src/mock.ts";
import { type Passing, wrongServer } from "../support/wrong-server.ts";

const ASK = { method: "GET", path: "/__admin/health" };

const spoilt = async (
  spoil: (passing: Passing) => undefined | "silence" | "hang-up",
): Promise<string> => {
  const mock = await startMock();
  return wrongServer(mock.url, spoil);
};

it("reads status, type and JSON, with or without a slash after the base URL", async () => {
  await using mock = await startMock();
  expect(await sendProbe(`${mock.url}/`, ASK, 5000)).toMatchObject({
    status: 200,
    contentType: "application/json",
    value: { status: "ok" },
  });
});

it("has no value where the body is none", async () => {
  const url = await spoilt((passing) => {
    passing.contentType = "Application/JSON; charset=utf-8";
    passing.body = '{"status":';
    return undefined;
  });
  const reply = await sendProbe(url, ASK, 5000);
  expect([reply.contentType, reply.text, "value" in reply]).toEqual([
    "application/json",
    '{"status":',
    false,
  ]);
});

it("follows no redirect: the target's reply is not this server's", async () => {
  const url = await spoilt((passing) => {
    passing.status = 307;
    return undefined;
  });
  expect((await sendProbe(url, ASK, 5000)).status).toBe(307);
});

it.each<[string, "silence" | "hang-up", RegExp]>([
  ["is silent", "silence", /^no reply came within 0\.2 s$/],
  ["hangs up", "hang-up", /^no reply came: /],
])("says in a sentence that a server %s", async (_, end, sentence) => {
  const url = await spoilt(() => end);
  await expect(sendProbe(url, ASK, 200)).rejects.toThrow(sentence);
});

it("says in a sentence that no server answers", async () => {
  const mock = await startMock();
  await mock.close();
  await expect(sendProbe(mock.url, ASK, 5000)).rejects.toThrow(
    `no reply came: connect ECONNREFUSED 127.0.0.1:${mock.port}`,
  );
});

/** Sends a probe to a server that answers with its request, in this media type. */
async function echoed(probe: Parameters<typeof sendProbe>[1], type?: string, slashes = "//") {
  const server = createServer(async (req, res) => {
    let body = "";
    for await (const chunk of req) body += chunk;
    if (type !== undefined) res.setHeader("content-type", type);
    res.end(JSON.stringify({ method: req.method, url: req.url, own: req.headers["x-own"], body }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const reply = await sendProbe(`http://127.0.0.1:${port}${slashes}`, probe, 5000);
  server.close();
  return reply;
}

it("sends method, path, headers and body as they are", async () => {
  const probe = { method: "POST", path: "/a?b", headers: { "x-own": "1" }, body: "" };
  const { value } = await echoed({ ...probe, body: "text" }, "application/json");
  expect(value).toEqual({ method: "POST", url: "/a?b", own: "1", body: "text" });
  expect((await echoed(probe, "application/json", "")).value).toMatchObject({ body: "" });
});

it.each([
  ["Application/Problem+JSON ; charset=utf-8", "application/problem+json", true],
  ["text/plain", "text/plain", false],
  [undefined, "", false],
])("takes %s for %j, with a value: %s", async (type, contentType, hasValue) => {
  const reply = await echoed({ method: "GET", path: "/" }, type);
  expect([reply.contentType, "value" in reply]).toEqual([contentType, hasValue]);
});
