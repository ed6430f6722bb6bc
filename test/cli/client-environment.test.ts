import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { rootCertificates } from "node:tls";
import { expect, it, TestRunner } from "vitest";
import { clientEnvironment, giveCa, withoutProxy } from "../../src/cli/client-environment.ts";
import { startMock } from "../../src/mock.ts";
import { vendors } from "../../src/vendors/index.ts";
import { built } from "../support/built.ts";
import { command } from "../support/command.ts";
import { fauxdr } from "../support/process.ts";
import { needs, pathOf } from "../support/programs.ts";

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

it("gives those libraries that read one of their own variables the CA beside the public ones", async () => {
  await using mock = await startMock({ tls: true });
  const { environment, remove } = giveCa(mock, "SECOND CA");
  const names = ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE"] as const;
  expect(new Set(names.map((name) => environment[name])).size).toBe(1);
  const bundle = readFileSync(environment["CURL_CA_BUNDLE"] ?? "", "utf8");
  for (const ca of [mock.ca, "SECOND CA", ...rootCertificates]) expect(bundle).toContain(ca);
  expect(readFileSync(environment["NODE_EXTRA_CA_CERTS"] ?? "", "utf8")).toBe(
    `${mock.ca}SECOND CA`,
  );
  remove();
  expect(existsSync(environment["CURL_CA_BUNDLE"] ?? "")).toBe(false);
});

it.each([
  ["nothing", {}, "127.0.0.1,localhost,::1"],
  ["a list", { NO_PROXY: "a.example, b.example" }, "a.example,b.example,127.0.0.1,localhost,::1"],
  ["one in small letters", { no_proxy: "localhost" }, "localhost,127.0.0.1,::1"],
  ["both", { NO_PROXY: "a", no_proxy: "b,a" }, "a,b,127.0.0.1,localhost,::1"],
  ["an empty one", { NO_PROXY: "," }, "127.0.0.1,localhost,::1"],
])("keeps calls to the mock from a proxy, where %s is excepted already", (_, given, list) => {
  expect(withoutProxy("http://127.0.0.1:4620", given)).toEqual({ NO_PROXY: list, no_proxy: list });
});

it("excepts the host of the mock from a proxy, whichever it is", () => {
  expect(withoutProxy("http://[fd00::1]:4620", {})["NO_PROXY"]).toBe(
    "127.0.0.1,localhost,::1,fd00::1",
  );
  expect(withoutProxy("http://mock:4620", {})["NO_PROXY"]).toBe("127.0.0.1,localhost,::1,mock");
});

it("has no CA to give where the mock serves no https", async () => {
  await using mock = await startMock();
  expect(giveCa(mock).environment).toEqual({});
});

it("keeps the folder in which PHP is told to look for its settings", async () => {
  await using mock = await startMock({ tls: true });
  const before = process.env["PHP_INI_SCAN_DIR"];
  process.env["PHP_INI_SCAN_DIR"] = "/etc/own";
  const { environment, remove } = giveCa(mock);
  if (before === undefined) delete process.env["PHP_INI_SCAN_DIR"];
  else process.env["PHP_INI_SCAN_DIR"] = before;
  const [own, ours = ""] = (environment["PHP_INI_SCAN_DIR"] ?? "").split(delimiter);
  const bundle = environment["SSL_CERT_FILE"];
  expect(own).toBe("/etc/own");
  expect(readFileSync(join(ours, "ca.ini"), "utf8")).toBe(
    `curl.cainfo="${bundle}"\nopenssl.cafile="${bundle}"\n`,
  );
  remove();
});

it.each([
  ["Node", needs(), [process.execPath, "examples/cortex/client.mjs"]],
  ["PHP", needs("PHP with curl"), ["php", "examples/cortex/client.php"]],
] as const)(
  "lets check run a client in %s over https without any option of it",
  async (_, { skip, note }, client) => {
    if (skip) TestRunner.getCurrentTest()?.context.skip(note.trim());
    const ended = await command([
      "check",
      "--tls",
      "--case",
      "cortex.quarantine.one",
      "--",
      ...client,
    ]);
    expect(ended).toMatchObject({
      code: 0,
      stdout:
        "fauxdr: 2 passed, 0 failed, 0 skipped, 0 inconclusive; findings: 0 must, 0 should, 0 info\n",
    });
  },
);

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
  const nested = `"${process.execPath}" ${built("cli.cjs")} run -- "${process.execPath}" -e "fetch(process.env.CORTEX_URL + '/public_api/v1/healthcheck')"`;
  const { stderr } = await fauxdr(["run", "--tls", "--", "sh", "-c", nested]);
  expect(stderr).toBe("");
});
