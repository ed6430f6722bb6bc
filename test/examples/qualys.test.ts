import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandClient } from "../../src/contract/client.ts";
import { cases } from "../../src/vendors/qualys/cases/cases.ts";
import { drive, flawsIn } from "../support/broken-qualys/drive.ts";
import { emptyDirectory } from "../support/directory.ts";
import { isAll, needs, pathOf } from "../support/programs.ts";
import { onDisk } from "../support/repository.ts";

const example = (name: string): string => onDisk(`examples/qualys/${name}`);

const CLIENTS = [
  ["Node", needs(), () => ["node", example("client.mjs")]],
  ["Python", needs("Python"), () => [pathOf("Python"), example("client.py")]],
  ["Ruby", needs("Ruby"), () => ["ruby", example("client.rb")]],
  ["PHP", needs("PHP with curl"), () => ["php", example("client.php")]],
  ["Go", needs("Go"), () => [built("client.go")]],
  ["bash", needs("bash", "curl", "jq"), () => ["bash", example("client.sh")]],
] as const;

/** The examples that find hosts in events, too. */
const READ_EVENTS: readonly string[] = ["Node", "Python"];

/** Compiled once: every case is a process of its own. */
function built(name: string): string {
  const program = join(emptyDirectory(), "client");
  execFileSync("go", ["build", "-o", program, example(name)]);
  return program;
}

/** Of so many cases a client takes one, and with `npm test` one of eight. Clients that are slow to start take fewer. */
const EVERY: Readonly<Record<string, number>> = { Node: 2, Python: 3 };

/**
 * The cases that a client is driven through, others for each client, by turns in the wire forms that they have. The tests
 * of each file of cases drive the Node client through all of them in every wire form, as a function.
 */
function shareOf(language: string): readonly string[] {
  const every = isAll ? (EVERY[language] ?? 4) : 8;
  const first = isAll ? CLIENTS.findIndex(([name]) => name === language) % every : 0;
  return cases
    .filter((_, index) => index % every === first)
    .map(({ id, wireForms }, index) => `${id} (${wireForms[index % wireForms.length]})`);
}

describe.each(CLIENTS)("the example in %s", (language, { skip, note }, command) => {
  it.skipIf(skip)(`keeps every promise, and breaks no rule${note}`, async () => {
    const readsEvents = READ_EVENTS.includes(language);
    const share = shareOf(language);
    const results = await drive(commandClient(command()), {
      isChosen: (id, wire) => share.includes(`${id} (${wire})`),
      readsEvents,
    });
    expect(flawsIn(results)).toEqual([]);
    expect(results.map(({ id, wire }) => `${id} (${wire})`)).toEqual(share);
    // Cases of certificates need https.
    const skipped = results.filter(
      ({ id, outcome }) => outcome === "skipped" && !id.startsWith("qualys.certificates."),
    );
    expect(skipped.filter(({ id }) => readsEvents || !id.startsWith("qualys.events."))).toEqual([]);
  });
});
