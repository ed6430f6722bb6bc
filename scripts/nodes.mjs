// Installs the packed product as a user would, and runs serve and check on every supported version of Node.
// Usage: npm run build && node scripts/nodes.mjs [majors] (needs the npm registry, for the Nodes)
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MAJORS, nodeBinary } from "./node-versions.mjs";

const chosen = process.argv.length > 2 ? process.argv.slice(2) : MAJORS;
const root = fileURLToPath(new URL("../", import.meta.url));
const npm = (cwd, ...args) =>
  execFileSync("npm", [...args, "--silent", "--no-audit", "--no-fund"], { cwd, encoding: "utf8" });

const LIBRARY = `
import { startMock } from "fauxdr";
const mock = await startMock();
console.log((await fetch(mock.url + "/__admin/")).status);
await mock.close();`;

const project = mkdtempSync(join(tmpdir(), "fauxdr-nodes-"));
try {
  const flags = ["--ignore-scripts", "--pack-destination", project];
  const tarball = join(project, npm(root, "pack", ...flags).trim());
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }');
  npm(project, "install", tarball);
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const cli = join(project, "node_modules/fauxdr/dist/cli.cjs");
  const client = join(root, "examples/cortex/client.mjs");

  for (const major of chosen) {
    const binary = nodeBinary(major);
    const run = (...args) => execFileSync(binary, args, { cwd: project, encoding: "utf8" }).trim();
    const ready = join(project, `ready-${major}.json`);
    const server = spawn(
      binary,
      [cli, "--port", "0", "--tls", "--tls-port", "0", "--ready-file", ready],
      {
        stdio: "ignore",
      },
    );
    while (!existsSync(ready) && server.exitCode === null)
      await new Promise((go) => setTimeout(go, 20));
    const { url, version: served } = JSON.parse(readFileSync(ready, "utf8"));
    const reply = await fetch(`${url}/public_api/v1/endpoints/quarantine`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-xdr-auth-id": "1",
        authorization: "fauxdr-standard-key",
      },
      body: JSON.stringify({
        request_data: {
          filters: [
            {
              field: "endpoint_id_list",
              operator: "in",
              value: ["facade00000000000000000000000001"],
            },
          ],
          file_path: "C:\\temp\\test_x64.msi",
          file_hash: "0".repeat(64),
        },
      }),
    });
    server.kill();
    const [code] = await once(server, "exit");
    const checked = run(cli, "check", "--case", "cortex.quarantine.one", "--", binary, client);
    const library = run("--input-type=module", "-e", LIBRARY);
    const found = [reply.status, served, code, checked, library];
    const wanted = [
      200,
      version,
      0,
      "fauxdr: 2 passed, 0 failed, 0 skipped, 0 inconclusive; findings: 0 must, 0 should, 0 info",
      "200",
    ];
    const is = JSON.stringify(found) === JSON.stringify(wanted);
    console.log(
      `${is ? "ok  " : "FAIL"} ${run("--version")}${is ? "" : ` ${JSON.stringify(found)}`}`,
    );
    if (!is) process.exitCode = 1;
  }
} finally {
  rmSync(project, { recursive: true });
}
