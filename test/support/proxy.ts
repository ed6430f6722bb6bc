import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./port.ts";
import { pathOf } from "./programs.ts";

/** nginx in front of a server, under a path of its own. It buffers replies, as it does by default. */
export async function startProxy(
  url: string,
  prefix: string,
): Promise<{ readonly url: string } & AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), "fauxdr-nginx-"));
  const port = await freePort();
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const config = `
    daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
    events {}
    http {
      access_log off; ${paths.join(" ")}
      server {
        listen 127.0.0.1:${port};
        absolute_redirect off;
        location ${prefix}/ {
          proxy_pass ${url}/;
          proxy_http_version 1.1;
          proxy_set_header X-Forwarded-Host $http_host;
          proxy_set_header X-Forwarded-Proto $scheme;
          proxy_set_header X-Forwarded-Prefix ${prefix};
        }
      }
    }`;
  const file = join(folder, "nginx.conf");
  writeFileSync(file, config);
  const child = spawn(pathOf("nginx"), ["-p", folder, "-c", file], { stdio: "ignore" });
  const own = `http://127.0.0.1:${port}${prefix}`;
  while (child.exitCode === null && !(await isUp(own)));
  return {
    url: own,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
      rmSync(folder, { recursive: true });
    },
  };
}

const isUp = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );
