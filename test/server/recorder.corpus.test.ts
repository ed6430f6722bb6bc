import { expect, it } from "vitest";
import { jsonLine, textLine } from "../../src/cli/log.ts";
import { startMock } from "../../src/mock.ts";
import { corpus, secretsIn } from "../support/corpus.ts";
import { exchange } from "../support/raw-socket.ts";
import { until } from "../support/watched.ts";

const cases = corpus((number) => `Zx9Qv7Rt42kLmN8w${number}qB`);
const secrets = cases.map(({ secret }) => secret);
const whatOf = (secret: string): string =>
  cases.find((one) => one.secret === secret)?.what ?? "another";

const bytesOf = ({ path, target = path, headers, body = "" }: (typeof cases)[number]): Buffer => {
  const content = Buffer.from(body as string);
  const method = target.startsWith("bob:") ? "CONNECT" : "POST";
  const lines = Object.entries({ host: "127.0.0.1", connection: "close", ...headers });
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${content.length}`,
  ].join("\r\n");
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), content]);
};

it("the corpus has every place, spelling and encoding", () => {
  expect(cases.length).toBeGreaterThanOrEqual(200);
  expect(new Set(cases.map(({ what }) => what)).size).toBe(cases.length);
});

it("secretsIn finds a secret in every encoding", () => {
  const secret = "Zx9Qv7Rt42kLmN8w";
  for (const text of [
    secret,
    `\\u005ax9Qv7Rt42kLmN8w`,
    "%5Ax9Qv7Rt42kLmN8w",
    "%255Ax9Qv7Rt42kLmN8w",
  ]) {
    expect(secretsIn(`a ${text} b`, [secret]), text).toEqual([secret]);
  }
  expect(secretsIn("nothing", [secret])).toEqual([]);
});

it.each(["document", "recorded"] as const)(
  "no planted secret is found again: journal, archive, stream, log, findings, snapshot (%s)",
  async (wire) => {
    let log = "";
    await using mock = await startMock({
      wire,
      onExchange: (one) => {
        log += `${textLine(one)}\n${jsonLine(one)}\n`;
      },
    });
    const admin = `${mock.url}/__admin`;
    let stream = "";
    const { body: events } = await fetch(`${admin}/requests/stream`);
    const reading = (async () => {
      for await (const chunk of events ?? []) stream += Buffer.from(chunk).toString();
    })().catch(() => {});
    for (const one of cases) await exchange(mock.port, bytesOf(one));
    await until(() => stream.split("event: closed").length > cases.length);
    const text = async (path: string): Promise<string> => (await fetch(`${admin}${path}`)).text();
    const shown = {
      journal: await text("/requests"),
      archive: await text("/requests/har"),
      findings: await text("/findings"),
      snapshot: await text("/tenants/default/snapshot"),
      tenants: await text("/tenants"),
      stream,
      log,
    };
    await mock.close();
    await reading;
    expect(JSON.parse(shown.journal).requests).toHaveLength(cases.length);
    const found = Object.entries(shown).flatMap(([where, told]) =>
      secretsIn(told, secrets).map((secret) => `${whatOf(secret)}: in the ${where}`),
    );
    expect(found).toEqual([]);
  },
  120_000,
);
