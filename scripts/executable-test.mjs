import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const KEY = { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" };

/** Starts it in an empty folder, and calls each part that reads a file or is loaded late. */
export async function tryExecutable(out) {
  const cwd = mkdtempSync(join(tmpdir(), "fauxdr-executable-"));
  const ready = join(cwd, "ready.json");
  const flags = ["--port", "0", "--tls", "--tls-port", "0", "--fleet", "10", "--ready-file", ready];
  const options = { cwd, env: { PATH: cwd }, encoding: "utf8" };
  const server = spawn(out, flags, { ...options, stdio: "ignore" });
  try {
    while (!existsSync(ready) && server.exitCode === null) await sleep(10);
    const { url, tlsUrl } = JSON.parse(readFileSync(ready, "utf8"));
    const found = {
      ...(await called(url)),
      tls: tlsUrl.startsWith("https://"),
      version: execFileSync(out, ["--version"], options).split("\n")[0],
      check: checked(out, options),
    };
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const wanted = { ...WANTED, version };
    if (JSON.stringify(found) !== JSON.stringify(wanted)) {
      throw new Error(`${out} gives ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
    }
  } finally {
    server.kill();
    if (server.exitCode === null) await once(server, "exit");
    rmSync(cwd, { recursive: true });
  }
}

/** Statuses of calls, by what each of them needs. */
const WANTED = {
  page: 200,
  script: 200,
  control: 200,
  ledger: 200,
  document: 200,
  endpoints: 200,
  login: 201,
  assets: 200,
  unserved: "not-served",
  tls: true,
  version: "",
  check: true,
};

async function called(url) {
  const status = async (path, init) => (await fetch(url + path, init)).status;
  const post = (body, headers) => ({ method: "POST", headers, body });
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const json = { ...KEY, "content-type": "application/json" };
  return {
    page: await status("/__admin/"),
    script: await status("/__admin/inspector/inspector.js"),
    control: await status("/__admin/triggers"),
    ledger: await status("/__admin/ledger"),
    document: await status("/__admin/documents/cortex"),
    endpoints: await status(
      "/public_api/v1/endpoints/get_endpoint",
      post('{"request_data":{}}', json),
    ),
    login: await status("/auth", post("username=fauxdr&password=fauxdr-password&token=true", form)),
    assets: await status("/ioc/asset/all", { headers: { authorization: "Bearer fauxdr-token" } }),
    unserved: await refusalOf(url, post("{}", json)),
  };
}

/** The journal's reason for refusing a known call that is not served. */
async function refusalOf(url, init) {
  await fetch(`${url}/public_api/v1/distributions/get_versions`, init);
  const journal = await fetch(`${url}/__admin/requests?tenant=default&vendor=cortex`);
  return (await journal.json()).requests.at(-1).refusal.kind;
}

/** Whether it judges a client in another language. */
function checked(out, options) {
  const client = [process.execPath, join(root, "examples/cortex/client.mjs")];
  const args = ["check", "--case", "cortex.quarantine.one", "--", ...client];
  return /^fauxdr: \d+ passed, 0 failed/m.test(execFileSync(out, args, options));
}
