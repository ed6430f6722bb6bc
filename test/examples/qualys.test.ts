import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandClient } from "../../src/contract/client.ts";
import { cases } from "../../src/vendors/qualys/cases/cases.ts";
import { drive, flawsIn } from "../support/broken-qualys/drive.ts";
import { emptyDirectory } from "../support/directory.ts";
import { interpreter } from "../support/interpreters.ts";
import { onDisk } from "../support/repository.ts";

const example = (name: string): string => onDisk(`examples/qualys/${name}`);

const CLIENTS = [
  ["Node", interpreter("node", "--version"), () => ["node", example("client.mjs")]],
  ["Python", interpreter("python3", "--version"), () => ["python3", example("client.py")]],
  ["Ruby", interpreter("ruby", "-rjson", "-e", ""), () => ["ruby", example("client.rb")]],
  [
    "PHP",
    interpreter("php", "-r", "exit(function_exists('curl_init') ? 0 : 1);"),
    () => ["php", example("client.php")],
  ],
  ["Go", interpreter("go", "version"), () => [built("client.go")]],
  [
    "bash",
    interpreter("bash", "-c", "curl --version && jq --version"),
    () => ["bash", example("client.sh")],
  ],
] as const;

/** Compiled once: every case is a process of its own. */
function built(name: string): string {
  const program = join(emptyDirectory(), "client");
  execFileSync("go", ["build", "-o", program, example(name)]);
  return program;
}

describe.each(CLIENTS)("the example in %s", (_language, { skip, note }, command) => {
  it.skipIf(skip)(
    `keeps every promise, and breaks no rule${note}`,
    { timeout: 300_000 },
    async () => {
      const results = await drive(commandClient(command()));
      expect(flawsIn(results)).toEqual([]);
      expect(results.length).toBe(cases.length);
    },
  );
});
