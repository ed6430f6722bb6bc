// Builds the image, runs it with the strictest container options, and checks what the README promises about it.
// Usage: node scripts/image-test.mjs (needs buildah, podman, and a local node:24-bookworm-slim)
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { get } from "node:https";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const IMAGE = "fauxdr:test";
const NAME = "fauxdr-image-test";
const [PORT, TLS_PORT] = [14620, 14621];

const podman = (...args) => execFileSync("podman", args, { encoding: "utf8" }).trim();
const inside = (...command) =>
  spawnSync("podman", ["exec", NAME, ...command], { encoding: "utf8" });
let failed = 0;
function check(what, is) {
  if (!is) failed++;
  console.log(`${is ? "ok  " : "FAIL"} ${what}`);
}

const flags = ["--format", "docker", "--pull=never", "--network", "host", "-q", "-t", IMAGE];
execFileSync("buildah", ["bud", ...flags, root], { stdio: ["ignore", "ignore", "inherit"] });
const [{ Config, Healthcheck }] = JSON.parse(podman("image", "inspect", IMAGE));
// Docker has it among the rest.
const health = (Healthcheck ?? Config.Healthcheck)?.Test ?? [];
check(
  "the entry point takes flags",
  podman("run", "--rm", "--no-healthcheck", IMAGE, "--version").startsWith(`${version}\n`),
);
check("it has labels", Config.Labels["org.opencontainers.image.version"] === version);
check("it has a health check without a shell", health[0] === "CMD");

spawnSync("podman", ["rm", "-f", NAME]);
const variables = {
  FAUXDR_PORT: PORT,
  FAUXDR_TLS: "true",
  FAUXDR_TLS_PORT: TLS_PORT,
  FAUXDR_WIRE: "recorded",
  FAUXDR_LOG_FORMAT: "json",
};
podman(
  ...["run", "-d", "--name", NAME, "--read-only", "--cap-drop=ALL"],
  ...["--security-opt=no-new-privileges", "--no-healthcheck"],
  ...Object.entries(variables).flatMap(([name, value]) => ["-e", `${name}=${value}`]),
  IMAGE,
);
try {
  const started = performance.now();
  const isHealthy = () => inside(...health.slice(1)).status === 0;
  while (!isHealthy() && performance.now() - started < 20_000);
  check("it becomes healthy, on another port and over https", isHealthy());
  check("it runs as an unprivileged user", inside("id", "-u").stdout.trim() === "1000");
  check("it contains no npm", inside("npm", "--version").status !== 0);
  check("its root is read-only", inside("touch", "/app/x").status !== 0);

  const url = `http://127.0.0.1:${PORT}`;
  const headers = { "x-xdr-auth-id": "1", authorization: "nobody" };
  const refused = await fetch(`${url}/public_api/v1/healthcheck`, { headers });
  check(
    "variables alone can set it up",
    (await refused.text()).includes('"reply": {"err_code": 401'),
  );
  const ca = await (await fetch(`${url}/__admin/ca.pem`)).text();
  const status = await new Promise((resolve, reject) => {
    const call = { ca, headers: { ...headers, authorization: "fauxdr-standard-key" } };
    get(`https://127.0.0.1:${TLS_PORT}/public_api/v1/healthcheck`, call, (reply) => {
      resolve(reply.resume().statusCode);
    }).on("error", reject);
  });
  check("it serves https with a certificate of its CA", status === 200);
  const [ready] = podman("logs", NAME).split("\n");
  check("its ready line is JSON", JSON.parse(ready).version === version);

  const stopped = performance.now();
  podman("stop", "-t", "10", NAME);
  const seconds = (performance.now() - stopped) / 1000;
  const code = podman("inspect", "-f", "{{.State.ExitCode}}", NAME);
  check(
    `it stops on SIGTERM (${seconds.toFixed(1)} s, including podman's own time)`,
    code === "0" && seconds < 5,
  );
} finally {
  spawnSync("podman", ["rm", "-f", NAME]);
}
process.exitCode = failed > 0 ? 1 : 0;
