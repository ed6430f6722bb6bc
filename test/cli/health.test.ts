import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { command } from "../support/command.ts";
import { fauxdr, startServer } from "../support/process.ts";

it("ends with 0 if the mock answers, on any port, with the variables that started it", async () => {
  await using server = await startServer(["--port", "0"]);
  const { port } = new URL(server.url);
  const ended = { code: 0, stdout: "", stderr: "" };
  expect(await fauxdr(["health", "--port", port])).toMatchObject(ended);
  expect(await command(["health"], { FAUXDR_PORT: port, FAUXDR_HOST: "0.0.0.0" })).toMatchObject(
    ended,
  );
});

it("asks over https as well where that is served, and closed control APIs too", async () => {
  const flags = ["--port", "0", "--tls", "--tls-port", "0", "--admin-token", "open-sesame"];
  await using server = await startServer(flags);
  const { port } = new URL(server.url);
  const tlsPort = /https:\/\/[^:]+:(\d+)/.exec(server.output())?.[1] ?? "";
  const variables = { FAUXDR_PORT: port, FAUXDR_TLS: "true", FAUXDR_TLS_PORT: tlsPort };
  expect((await command(["health"], variables)).code).toBe(0);
  const wrong = { ...variables, FAUXDR_TLS_PORT: port };
  expect(await command(["health"], wrong)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`https://127.0.0.1:${port} is not healthy: `),
  });
});

it.each<[string, (answer: { status: number; isSilent: boolean }) => void, RegExp]>([
  ["answers otherwise", (answer) => Object.assign(answer, { status: 503 }), /: it answers 503$/m],
  ["is silent", (answer) => Object.assign(answer, { isSilent: true }), /: no answer within 2 s$/m],
])("ends with 1, and says why, where it %s", async (_, change, reason) => {
  const answer = { status: 200, isSilent: false };
  change(answer);
  const server = createServer((_req, res) => {
    if (!answer.isSilent) res.writeHead(answer.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const { code, stderr } = await command(["health", "--port", String(port)]);
  expect(code).toBe(1);
  expect(stderr).toMatch(reason);
});

it("ends with 1 if no server answers", async () => {
  const { code, stderr } = await command(["health", "--port", "1"]);
  expect([code, stderr]).toEqual([
    1,
    "fauxdr: http://127.0.0.1:1 is not healthy: connect ECONNREFUSED 127.0.0.1:1\n",
  ]);
});

it("refuses an unknown port", async () => {
  expect(await command(["health", "--port", "0"])).toMatchObject({
    code: 2,
    stderr: "fauxdr: fauxdr health needs the port of the running mock: set it with --port.\n",
  });
});
