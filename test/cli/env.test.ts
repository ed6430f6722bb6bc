import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { command } from "../support/command.ts";
import { fauxdr, startServer } from "../support/process.ts";
import { pathOf } from "../support/programs.ts";

const exec = promisify(execFile);

it("prints what a client of a running mock needs, for a shell", async () => {
  await using server = await startServer(["--port", "0"]);
  const { port } = new URL(server.url);
  const { stdout, code } = await fauxdr(["env", "--port", port]);
  expect(code).toBe(0);
  pathOf("curl");
  const call = `${stdout}\ncurl -s -o /dev/null -w '%{http_code}' -H "x-xdr-auth-id: $CORTEX_API_KEY_ID" -H "Authorization: $CORTEX_API_KEY" "$CORTEX_URL/public_api/v1/healthcheck"`;
  expect((await exec("sh", ["-ec", call])).stdout).toBe("200");
});

it.each<[string[], string]>([
  [["--host", "0.0.0.0"], "http://127.0.0.1:4620"],
  [["--host", "::1", "--port", "8080"], "'http://[::1]:8080'"],
])("with %j a client finds it at %s", async (flags, url) => {
  expect((await command(["env", "--vendor", "cortex", ...flags])).stdout).toContain(
    `export FAUXDR_URL=${url}\nexport CORTEX_URL=${url}\n`,
  );
});

it("names https, and the CA, where the mock is told to serve it", async () => {
  const { stdout } = await command([
    "env",
    "--vendor",
    "cortex",
    "--tls",
    "--ca-out",
    "/tmp/ca.pem",
  ]);
  expect(stdout).toContain(
    "export FAUXDR_URL=http://127.0.0.1:4620\nexport CORTEX_URL=https://127.0.0.1:4621\n",
  );
  expect(stdout).toContain("export FAUXDR_CA_FILE=/tmp/ca.pem\n");
});

it("refuses an unknown port", async () => {
  expect(await command(["env", "--port", "0"])).toMatchObject({
    code: 2,
    stderr: "fauxdr: fauxdr env needs the port of the running mock: set it with --port.\n",
  });
});
