import { once } from "node:events";
import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { version } from "../../src/version.ts";
import { command } from "../support/command.ts";
import { body, CLOCK, headers, PATH } from "../support/cortex.ts";
import { emptyDirectory } from "../support/directory.ts";
import { type Server, startServer } from "../support/process.ts";

const FREE = ["--port", "0"];
const JSON_LOG = [...FREE, "--log-format", "json", "--clock", CLOCK];

/** A quarantine call, right but for the key's id where one is given. */
const ask = (server: Server, id = "1", path = PATH): Promise<Response> =>
  fetch(server.url + path, {
    method: "POST",
    headers: headers({ "x-xdr-auth-id": id }) as Record<string, string>,
    body: JSON.stringify(body()),
  });

describe("the ready line", () => {
  it("is the last line of the start, and names the address", async () => {
    await using server = await startServer(FREE);
    const { port } = new URL(server.url);
    expect(Number(port)).toBeGreaterThan(0);
    const { stdout } = await server.stop();
    expect(stdout.split("\n").at(-2)).toBe(
      `fauxdr ${version} listens on ${server.url} (inspector: ${server.url}/__admin/)`,
    );
    expect(stdout.endsWith("\n")).toBe(true);
  });

  it("is the first line and JSON where the log is, with nothing else before a request", async () => {
    await using server = await startServer(JSON_LOG);
    const { stdout } = await server.stop();
    expect(stdout).toBe(
      `{"url":"${server.url}","pid":${server.child.pid},"version":"${version}"}\n`,
    );
  });

  it("comes from the command serve too, and means that requests are answered", async () => {
    await using server = await startServer(["serve", ...FREE]);
    expect(await (await fetch(`${server.url}/__admin/health`)).json()).toMatchObject({
      status: "ok",
    });
  });
});

describe("the request log", () => {
  it("has one line a request: time, vendor, operation, status, duration, refusal", async () => {
    await using server = await startServer([...FREE, "--clock", CLOCK]);
    await ask(server);
    await ask(server, "99");
    await ask(server, "1", "/elsewhere");
    await server.line(/elsewhere/);
    const { stdout } = await server.stop();
    const lines = stdout.split("\n").slice(0, -1);
    const log = lines.slice(lines.findIndex((line) => line.startsWith("fauxdr ")) + 1);
    expect(log.map((line) => line.replace(/\d+\.\d(?=ms)/, "N"))).toEqual([
      "12:00:00.000 cortex quarantineFiles 200 Nms",
      "12:00:00.000 cortex quarantineFiles 401 Nms unauthenticated",
      "12:00:00.000 cortex POST /elsewhere 500 Nms no-operation",
    ]);
  });

  it("is one JSON a request after the ready line", async () => {
    await using server = await startServer(JSON_LOG);
    await ask(server);
    await ask(server, "99");
    await server.line(/unauthenticated/);
    const { stdout } = await server.stop();
    const [, ...log] = stdout.split("\n").slice(0, -1);
    const common = {
      at: "2026-01-31T12:00:00.000Z",
      tenant: "default",
      vendor: "cortex",
      operation: "quarantineFiles",
      durationMs: expect.any(Number),
    };
    expect(log.map((line) => JSON.parse(line))).toEqual([
      { ...common, status: 200 },
      { ...common, status: 401, refusal: "unauthenticated" },
    ]);
  });

  it("leaves out the control API", async () => {
    await using server = await startServer(JSON_LOG);
    await fetch(`${server.url}/__admin/requests`);
    await ask(server);
    await server.line(/quarantineFiles/);
    const { stdout } = await server.stop();
    expect(stdout.split("\n")).toHaveLength(3);
  });

  it("is silent on demand, and the journal is not", async () => {
    await using server = await startServer([...JSON_LOG, "--log", "none"]);
    await ask(server);
    const journal = await (await fetch(`${server.url}/__admin/requests`)).json();
    expect(journal).toMatchObject({ requests: [{ operation: "quarantineFiles" }] });
    const { stdout } = await server.stop();
    expect(stdout.split("\n")).toHaveLength(2);
  });
});

describe("the ready file", () => {
  it("takes its place in one step, and nothing is left beside it", async () => {
    const directory = emptyDirectory();
    const file = join(directory, "ready.json");
    writeFileSync(file, "from an earlier run");
    linkSync(file, join(directory, "earlier"));
    await using server = await startServer([...FREE, "--ready-file", file]);
    expect(readFileSync(file, "utf8")).toBe(
      `{"url":"${server.url}","pid":${server.child.pid},"version":"${version}"}\n`,
    );
    // If the file had been overwritten in place, its hard link would show it.
    expect(readFileSync(join(directory, "earlier"), "utf8")).toBe("from an earlier run");
    expect(readdirSync(directory).toSorted()).toEqual(["earlier", "ready.json"]);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("is gone after %s", async (signal) => {
    const directory = emptyDirectory();
    await using server = await startServer([...FREE, "--ready-file", join(directory, "ready")]);
    await server.stop(signal);
    expect(readdirSync(directory)).toEqual([]);
  });

  it("that cannot be written stops the start, and leaves nothing behind", async () => {
    const directory = emptyDirectory();
    const missing = join(directory, "missing", "ready");
    const { code, stdout, stderr } = await command([...FREE, "--ready-file", missing]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^fauxdr: The ready file \S+ cannot be written: ENOENT[^\n]+\.\n$/);
    const taken = join(directory, "taken");
    mkdirSync(taken);
    expect((await command([...FREE, "--ready-file", taken])).code).toBe(2);
    expect(readdirSync(directory)).toEqual(["taken"]);
  });
});

it("takes its settings from variables where no flag can be passed", async () => {
  const file = join(emptyDirectory(), "ready");
  await using server = await startServer([], {
    FAUXDR_PORT: "0",
    FAUXDR_READY_FILE: file,
    FAUXDR_LOG_FORMAT: "json",
    FAUXDR_WIRE: "recorded",
  });
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ url: server.url });
  expect(await (await ask(server)).json()).toEqual({
    reply: { action_id: 1001, status: 1, endpoints_count: 1 },
  });
});

it("takes its settings from a file, named by a flag or by a variable", async () => {
  const file = join(emptyDirectory(), "fauxdr.json");
  writeFileSync(file, '{"port": 0, "logFormat": "json", "wire": "recorded"}');
  for (const [args, variables] of [
    [["--config", file], {}],
    [[], { FAUXDR_CONFIG: file }],
  ] as const) {
    await using server = await startServer(args, variables);
    expect(await (await ask(server)).json()).toEqual({
      reply: { action_id: 1001, status: 1, endpoints_count: 1 },
    });
  }
});

const HEALTH = "GET /__admin/health HTTP/1.1\r\nhost: x\r\n\r\n";

/** A connection to the server that has sent these bytes. */
async function connection({ url }: Server, bytes: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  // The server may end or reset the connection while it stops.
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(bytes);
  return socket;
}

describe.each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
  it("ends the process by itself, with exit code 0, while a connection is kept alive", async () => {
    await using server = await startServer(FREE);
    const socket = await connection(server, HEALTH);
    await once(socket, "data");
    expect(await server.stop(signal)).toMatchObject({ code: 0, signal: null, stderr: "" });
    socket.destroy();
  });

  it("does so while a request is only half there", async () => {
    await using server = await startServer(FREE);
    const begun = `POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{`;
    // The reply to the request before it shows that it has arrived.
    const socket = await connection(server, HEALTH + begun);
    await once(socket, "data");
    expect(await server.stop(signal)).toMatchObject({ code: 0, signal: null, stderr: "" });
    socket.destroy();
  });
});

it("continues to serve when its output is closed", async () => {
  await using server = await startServer(FREE);
  server.child.stdout?.destroy();
  for (let asked = 0; asked < 3; asked++) expect((await ask(server)).status).toBe(200);
  expect(await server.stop()).toMatchObject({ code: 0, signal: null, stderr: "" });
});
