import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { curlOf } from "../../../src/core/journal/curl.ts";
import { baseOf } from "../../../src/inspector/base.ts";
import { startMock } from "../../../src/mock.ts";
import { cortexClient } from "../../support/clients.ts";
import { needs } from "../../support/programs.ts";

const curl = needs("bash", "curl");

it.skipIf(curl.skip)(
  `repeats the call, with the credential from a variable${curl.note}`,
  async () => {
    await using mock = await startMock();
    await cortexClient(mock).quarantine(["facade00000000000000000000000001"]);
    const [first] = mock.journal.entries();
    if (!first) throw new Error("nothing was recorded");
    const command = curlOf(first, mock.url);
    expect(command).not.toContain("fauxdr-standard-key");
    expect(command).toContain('-H "authorization: $AUTHORIZATION"');
    const env = { PATH: process.env["PATH"], AUTHORIZATION: "fauxdr-standard-key" };
    await promisify(execFile)("bash", ["-ec", command], { env });
    const [, again] = mock.journal.entries();
    expect(again?.request.body).toEqual(first.request.body);
    expect(again).toMatchObject({ operation: "quarantineFiles", reply: { status: 200 } });
  },
);

it("keeps the path that a proxy puts before the server's own", () => {
  const body = { text: "", bytes: 0 };
  const of = (url: string): string => {
    const request = { scheme: "http", method: "GET", url, headers: {}, body } as const;
    const exchange = { id: 1, at: "", tenant: "default", durationMs: 0, request } as const;
    return curlOf(exchange, baseOf({ href: "https://ci.example/a/mock/__admin/#requests" }));
  };
  expect(of("/auth?a=b")).toBe("curl -sS -X GET 'https://ci.example/a/mock/auth?a=b'");
  expect(of("http://whole.example/auth")).toBe("curl -sS -X GET 'http://whole.example/auth'");
});

it("is one command, with any quotes in the body", () => {
  const body = { text: `it's "$HOME" \`id\``, bytes: 18 };
  const request = { scheme: "http", method: "POST", url: "/a?b='c'", headers: {}, body } as const;
  const exchange = { id: 1, at: "", tenant: "default", durationMs: 0, request } as const;
  expect(curlOf(exchange, "http://a", " \\\n  ")).toBe(
    `curl -sS -X POST 'http://a/a?b='\\''c'\\''' \\\n  --data-raw 'it'\\''s "$HOME" \`id\`'`,
  );
});
