import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commandClient } from "../../src/contract/client.ts";
import type { CaseResult } from "../../src/contract/result.ts";
import type { WireForm } from "../../src/core/tenant.ts";
import { contract } from "../../src/vendors/cortex/contract.ts";
import { runCases } from "../support/cortex-contract.ts";
import { isAll, type Needs, needs, run } from "../support/programs.ts";
import { onDisk } from "../support/repository.ts";

const file = (name: string): string => onDisk(`examples/cortex/${name}`);

const compiled = mkdtempSync(join(tmpdir(), "fauxdr-examples-"));
afterAll(() => rmSync(compiled, { recursive: true }));

interface Example {
  readonly name: string;
  readonly needs: Needs;
  readonly command: readonly string[];
  readonly build?: () => Promise<void>;
  /** Of so many cases it takes one: a client that is slow to start takes fewer. With `npm test` it is one of eight. */
  readonly every: number;
}

const examples: readonly Example[] = [
  {
    name: "Node",
    needs: needs(),
    command: [process.execPath, onDisk("examples/cortex/client.mjs")],
    every: 2,
  },
  {
    name: "Python",
    needs: needs("Python"),
    command: ["python3", file("client.py")],
    every: 3,
  },
  {
    name: "PHP",
    needs: needs("PHP with curl"),
    command: ["php", file("client.php")],
    every: 4,
  },
  {
    name: "Ruby",
    needs: needs("Ruby"),
    command: ["ruby", file("client.rb")],
    every: 4,
  },
  {
    name: "Java",
    needs: needs("Java"),
    command: ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", compiled, "Client"],
    build: async () => {
      const built = await run("javac", ["-d", compiled, file("Client.java")]);
      expect(built).toEqual({ code: 0, stdout: "", stderr: "" });
    },
    every: 5,
  },
  {
    name: "bash",
    needs: needs("bash", "curl", "jq"),
    command: ["bash", file("client.sh")],
    every: 4,
  },
];

/** `id (wire)` of every run, in order. */
const named = (results: readonly CaseResult[]): string[] =>
  results.map(({ id, wire }) => `${id} (${wire})`);

/** Every nth case, by turns in the one wire form and in the other where it has both. */
const everyNth = (nth: number, first: number): ReadonlyMap<string, WireForm | undefined> =>
  new Map(
    contract.cases
      .filter((_, index) => index % nth === first)
      .map(({ id, wireForms }, index) => [id, wireForms[index % wireForms.length]]),
  );

const all = contract.cases.flatMap(({ id, wireForms }) => wireForms.map((wire) => ({ id, wire })));

describe.each(examples)("the $name client", ({ name, needs, command, build, every }) => {
  // The tests of each file of cases drive the Node client through all of them in every wire form, as a function.
  const place = examples.findIndex((one) => one.name === name);
  const share = isAll ? everyNth(every, place % every) : everyNth(8, 0);
  const isChosen = (id: string, wire: WireForm): boolean => share.get(id) === wire;

  it.skipIf(needs.skip)(
    `passes its share of the cases without a finding${needs.note}`,
    async () => {
      await build?.();
      const results = await runCases({ client: commandClient(command), isChosen });
      const skipped = results.filter(({ outcome }) => outcome === "skipped").map(({ id }) => id);
      const ran = results.filter(({ outcome }) => outcome !== "skipped");
      expect(
        ran.filter(({ outcome, findings }) => outcome !== "pass" || findings.length > 0),
      ).toEqual([]);
      // The examples neither restore nor sign nor begin with incidents, and are called without TLS.
      expect(
        skipped.filter((id) => !/^cortex\.(restore|signing|certificates|incidents)\./.test(id)),
      ).toEqual([]);
      // And reports the outcome of each in its own words.
      expect(named(results.filter(({ report }) => report !== undefined))).toEqual(
        all
          .filter(({ id, wire }) => isChosen(id, wire) && !skipped.includes(id))
          .map(({ id, wire }) => `${id} (${wire})`),
      );
    },
  );
});
