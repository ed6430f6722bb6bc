import { get as getHttp } from "node:http";
import { get as getHttps } from "node:https";
import { addressesOf } from "./addresses.ts";
import { commandLine } from "./command-line.ts";
import { commandSettings } from "./settings.ts";

const LIMIT_MS = 2000;

/** `fauxdr health`: checks that a mock that was started with the same settings answers on each of its ports. */
export async function healthCommand(args: readonly string[]): Promise<number> {
  const { settings } = commandLine("health", args, {});
  const { url, tlsUrl } = addressesOf(commandSettings(settings, process.env), "fauxdr health");
  for (const one of tlsUrl ? [url, tlsUrl] : [url]) {
    const problem = await ask(`${one}/__admin/health`);
    if (problem !== undefined) {
      process.stderr.write(`fauxdr: ${one} is not healthy: ${problem}\n`);
      return 1;
    }
  }
  return 0;
}

/** What is wrong with the reply, if anything. */
function ask(url: string): Promise<string | undefined> {
  const get = url.startsWith("https:") ? getHttps : getHttp;
  // It only checks that a server on this machine answers, so the certificate does not matter.
  const options = { signal: AbortSignal.timeout(LIMIT_MS), rejectUnauthorized: false };
  return new Promise((resolve) => {
    get(url, options, (reply) => {
      reply.resume();
      const { statusCode } = reply;
      resolve(statusCode === 200 ? undefined : `it answers ${statusCode}`);
    }).on("error", ({ name, message }) =>
      resolve(name === "AbortError" ? `no answer within ${LIMIT_MS / 1000} s` : message),
    );
  });
}
