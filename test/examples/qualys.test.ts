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

/**
 * What a client is driven through: with `npm run test:all` every case, in one wire form where it is not the Node client; every
 * eighth otherwise. The tests of each file of cases drive the Node client through all of them, as a function.
 */
const shareOf = (language: string) =>
  cases
    .filter((_, index) => isAll || index % 8 === 0)
    .flatMap(({ id, wireForms }, index) =>
      wireForms
        .filter((_, form) => language === "Node" || form === index % wireForms.length)
        .map((wire) => `${id} (${wire})`),
    );

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
