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
