import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, cpSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { built } from "./support/built.ts";
import { emptyDirectory } from "./support/directory.ts";
import { environment } from "./support/environment.ts";
import { onDisk } from "./support/repository.ts";

describe("npm start", () => {
  it("serves what is built already, and ends with npm's signal", async () => {
    const before = statSync(built("cli.cjs")).mtimeMs;
    const env = environment;
    const args = ["start", "--silent", "--", "--port", "0"];
    // A group of its own, so that nothing of it outlives a test that fails.
    const npm = spawn("npm", args, { cwd: onDisk("."), env, detached: true });
    onTestFinished(() => {
      try {
        process.kill(-(npm.pid ?? 0), "SIGKILL");
      } catch {
        // All of it has ended.
      }
    });
    let output = "";
    const url = await new Promise<string>((resolve) =>
      npm.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const [, found] = /listens on (http:\S+)/.exec(output) ?? [];
        if (found) resolve(found);
      }),
    );
    expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
    expect(statSync(built("cli.cjs")).mtimeMs).toBe(before);
    npm.kill("SIGTERM");
    // Its output closes when the last process that holds it has ended.
    await once(npm, "close");
    await expect(fetch(`${url}/__admin/health`)).rejects.toThrow();
  });
});

describe("what was built", () => {
  const SOURCES = ["src", "specs", "scripts", "package.json", "package-lock.json"];

  /** A copy of the sources and of the note that the build left; whether the one fits the other. */
  async function copy(): Promise<{ folder: string; isStale: () => boolean }> {
    built();
    const folder = emptyDirectory();
    for (const name of [...SOURCES, "tsconfig.json", "tsconfig.build.json", "dist/.sources"]) {
      cpSync(onDisk(name), join(folder, name), { recursive: true });
    }
    const { isStale } = await import(pathToFileURL(join(folder, "scripts/stale.mjs")).href);
    return { folder, isStale };
  }

  it("is up to date wherever the sources are the same", async () => {
    expect((await copy()).isStale()).toBe(false);
  });

  it.each<[string, (folder: string) => void]>([
    ["a source has changed", (folder) => appendFileSync(join(folder, "src/cli.ts"), "\n")],
    ["a source has gone", (folder) => rmSync(join(folder, "src/cli/serve.ts"))],
    [
      "a document has changed",
      (folder) => appendFileSync(join(folder, "specs/cortex/openapi.yaml"), "\n"),
    ],
    ["a script has changed", (folder) => appendFileSync(join(folder, "scripts/build.mjs"), "\n")],
    ["other packages are wanted", (folder) => appendFileSync(join(folder, "package.json"), "\n")],
    ["it is not there", (folder) => rmSync(join(folder, "dist"), { recursive: true })],
  ])("is stale where %s", async (_, change) => {
    const { folder, isStale } = await copy();
    change(folder);
    expect(isStale()).toBe(true);
  });
});
