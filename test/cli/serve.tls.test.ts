import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { version } from "../../src/version.ts";
import { command } from "../support/command.ts";
import { emptyDirectory } from "../support/directory.ts";
import { cortexCall } from "../support/good-calls.ts";
import { startServer } from "../support/process.ts";
import { needs, pathOf, run } from "../support/programs.ts";

const curl = needs("curl");
const python = needs("Python");

/** A server with its ready file and its CA's, in an empty directory. */
async function started(...args: readonly string[]) {
  const directory = emptyDirectory();
  const [ready, ca] = [join(directory, "ready"), join(directory, "ca.pem")];
  const files = ["--ready-file", ready, "--ca-out", ca];
  const server = await startServer(["--port=0", "--tls", "--tls-port=0", ...files, ...args]);
  const { tlsUrl } = JSON.parse(readFileSync(ready, "utf8")) as { tlsUrl: string };
  return { server, directory, ready, ca, tlsUrl };
}

describe("fauxdr --tls", () => {
  it("says in the ready line and the ready file where it serves https", async () => {
    const { server, ready, tlsUrl } = await started();
    await using _ = server;
    const line = await server.line(/listens on/);
    expect(line).toBe(
      `fauxdr ${version} listens on ${server.url} and ${tlsUrl} (inspector: ${server.url}/__admin/)`,
    );
    expect(JSON.parse(readFileSync(ready, "utf8"))).toEqual({
      url: server.url,
      tlsUrl: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      pid: server.child.pid,
      version,
    });
  });

  it("writes the CA's certificate, which the control API has as well, and takes it away", async () => {
    const { server, directory, ca } = await started();
    await using _ = server;
    expect(readdirSync(directory).toSorted()).toEqual(["ca.pem", "ready"]);
    const pem = await (await fetch(`${server.url}/__admin/ca.pem`)).text();
    expect(readFileSync(ca, "utf8")).toBe(pem);
    expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });
    expect(readdirSync(directory)).toEqual([]);
  });

  it.skipIf(curl.skip).each([
    ["1.1", "--http1.1"],
    ["2", "--http2"],
  ])(`is called by curl, with HTTP/%s${curl.note}`, async (http, flag) => {
    const { server, ca, tlsUrl } = await started();
    await using _ = server;
    const headers = Object.entries(cortexCall.headers)
      .filter(([, value]) => value !== undefined)
      .flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
    const args = ["-sS", flag, "--cacert", ca, "-w", " %{http_version}", ...headers];
    const url = tlsUrl.replace("127.0.0.1", "localhost") + cortexCall.path;
    const { stdout } = await run("curl", [...args, "-d", cortexCall.body, url]);
    expect(stdout).toBe(`${cortexCall.granted.document} ${http}`);
  });

  it.skipIf(curl.skip)(`is called by curl in the clear, with HTTP/2${curl.note}`, async () => {
    await using server = await startServer(["--port=0"]);
    const url = `${server.url}/__admin/health`;
    const args = ["-sS", "--http2-prior-knowledge", "-w", " %{http_version}", url];
    expect((await run("curl", args)).stdout).toMatch(/^\{"status":"ok".* 2$/);
  });

  it.skipIf(python.skip).each(["localhost", "127.0.0.1", "api-fauxdr.localhost", "edr.example"])(
    `is called %s by a Python that is as strict as can be${python.note}`,
    async (name) => {
      const { server, ca, tlsUrl } = await started("--tls-names", "edr.example");
      await using _ = server;
      const code = `
import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[1])
context.verify_flags |= ssl.VERIFY_X509_STRICT
with socket.create_connection(("127.0.0.1", int(sys.argv[2]))) as raw:
    with context.wrap_socket(raw, server_hostname=sys.argv[3]) as connection:
        connection.sendall(b"GET /__admin/health HTTP/1.0\\r\\nhost: localhost\\r\\n\\r\\n")
        print(connection.recv(100).split(b"\\r")[0].decode())
`;
      const args = ["-c", code, ca, new URL(tlsUrl).port, name];
      const { stdout, stderr } = await run(pathOf("Python"), args);
      expect([stderr, stdout]).toEqual(["", "HTTP/1.1 200 OK\n"]);
    },
  );

  it.skipIf(curl.skip)(`is not trusted under another name${curl.note}`, async () => {
    const { server, ca, tlsUrl } = await started();
    await using _ = server;
    const { port } = new URL(tlsUrl);
    const resolve = ["--resolve", `edr.example:${port}:127.0.0.1`];
    const url = `https://edr.example:${port}/`;
    expect(await run("curl", ["-sS", "--cacert", ca, ...resolve, url])).toMatchObject({ code: 60 });
  });

  it("takes its settings from variables where no flag can be passed", async () => {
    const directory = emptyDirectory();
    const file = join(directory, "ca.pem");
    await using server = await startServer([], {
      FAUXDR_PORT: "0",
      FAUXDR_TLS: "true",
      FAUXDR_TLS_PORT: "0",
      FAUXDR_CA_OUT: file,
      FAUXDR_ADMIN_TOKEN: "a-secret-of-ours",
    });
    expect(readFileSync(file, "utf8")).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    expect((await fetch(`${server.url}/__admin/requests`)).status).toBe(401);
    const { stdout } = await server.stop();
    expect(stdout).not.toContain("a-secret-of-ours");
  });
});

describe("fauxdr does not start", () => {
  it.each([
    [
      ["--ca-out", "ca.pem"],
      "--ca-out has no effect without --tls: add --tls, or remove --ca-out.",
    ],
    [
      ["--tls", "--tls-cert", "a"],
      "--tls-cert and --tls-key belong together: give both, or neither.",
    ],
    [
      ["--tls-names", "a b"],
      '--tls-names must be host names and addresses, separated by commas, not "a b".',
    ],
    [
      ["--admin-token", "not a token"],
      "--admin-token must consist of letters, digits and -._~+/, and may end with =.",
    ],
  ])("with %j", async (args, sentence) => {
    const { code, stdout, stderr } = await command(["--port=0", ...args]);
    expect([code, stdout, stderr]).toEqual([2, "", `fauxdr: ${sentence}\n`]);
  });

  it("where the port for https is taken, and gives the other one back", async () => {
    await using taken = await startServer(["--port=0"]);
    const { port } = new URL(taken.url);
    const { code, stderr } = await command(["--port=0", "--tls", `--tls-port=${port}`]);
    expect([code, stderr]).toEqual([
      2,
      `fauxdr: Port ${port} on 127.0.0.1 is taken: choose another with --tls-port, or 0 for a free one.\n`,
    ]);
  });

  it("where the CA file cannot be written", async () => {
    const directory = emptyDirectory();
    const file = join(directory, "missing", "ca.pem");
    const { code, stderr } = await command(["--port=0", "--tls", "--tls-port=0", "--ca-out", file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^fauxdr: The CA file \S+ cannot be written: ENOENT[^\n]+\.\n$/);
    expect(readdirSync(directory)).toEqual([]);
  });
});
