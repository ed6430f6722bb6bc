import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { clientEnvironment, giveCa } from "../../src/cli/client-environment.ts";
import { startMock } from "../../src/mock.ts";
import { vendors } from "../../src/vendors/index.ts";
import { built } from "../support/built.ts";
import { command } from "../support/command.ts";
import { fauxdr } from "../support/process.ts";
import { pathOf } from "../support/programs.ts";

it("names the vendors over https where the mock serves it, and the control API in the clear", async () => {
  await using mock = await startMock({ tls: true });
  expect(clientEnvironment(mock, vendors)).toMatchObject({
    FAUXDR_URL: mock.url,
    CORTEX_URL: mock.tlsUrl,
    QUALYS_URL: mock.tlsUrl,
  });
});

it("puts the CA into a file for as long as it is needed", async () => {
  await using mock = await startMock({ tls: true });
  const { environment, remove } = giveCa(mock);
  const file = environment["FAUXDR_CA_FILE"] ?? "";
  expect(readFileSync(file, "utf8")).toBe(mock.ca);
  remove();
  expect(existsSync(file)).toBe(false);
});

it("has no CA to give where the mock serves no https", async () => {
  await using mock = await startMock();
  expect(giveCa(mock).environment).toEqual({});
});

const CLIENT = [process.execPath, "examples/cortex/client.mjs"];

it("lets check run a client over https without any option of the client", async () => {
  const ended = await command([
    "check",
    "--tls",
    "--case",
    "cortex.quarantine.one",
    "--",
    ...CLIENT,
  ]);
  expect(ended).toMatchObject({
    code: 0,
    stdout:
      "fauxdr: 2 passed, 0 failed, 0 skipped, 0 inconclusive; findings: 0 must, 0 should, 0 info\n",
  });
});

it("lets run judge curl over https, with the CA from its environment", async () => {
  pathOf("curl");
  const script = `curl -sS --cacert "$FAUXDR_CA_FILE" -H "x-xdr-auth-id: $CORTEX_API_KEY_ID" -H "Authorization: $CORTEX_API_KEY" "$CORTEX_URL/public_api/v1/healthcheck"`;
  const { code, stdout } = await command(["run", "--tls", "--", pathOf("bash"), "-ec", script]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^\{"status":"available"\}\nfauxdr: \d+ passed, 0 failed, 0 skipped, 0 inconclusive;/m,
  );
});

it("does not affect a mock that is started in such an environment", async () => {
  const nested = `"${process.execPath}" ${built("cli.js")} run -- "${process.execPath}" -e "fetch(process.env.CORTEX_URL + '/public_api/v1/healthcheck')"`;
  const { stderr } = await fauxdr(["run", "--tls", "--", "sh", "-c", nested]);
  expect(stderr).toBe("");
});
