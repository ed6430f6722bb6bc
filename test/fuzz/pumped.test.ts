import { describe, expect, it } from "vitest";
import { redactor } from "../../src/core/journal/redact.ts";
import { parseJson } from "../../src/core/json/json.ts";
import { knownNames } from "../../src/server/known-names.ts";
import { vendors } from "../../src/vendors/index.ts";
import { cpuMs } from "../support/cpu.ts";
import { eachThird } from "../support/programs.ts";
import { PUMPS } from "../support/pumps.ts";

/** The least of several rounds. */
function cpuOf(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  // What is quick at once needs no second look.
  for (let round = 0; round < 5 && least > 50; round++) {
    const before = cpuMs();
    work();
    least = Math.min(least, cpuMs() - before);
  }
  return least;
}

const SHAPES: Readonly<Record<string, (pumped: string) => string>> = {
  alone: (pumped) => pumped,
  "behind a quote": (pumped) => `"${pumped}`,
  "in a known member": (pumped) => JSON.stringify({ comment: pumped }),
  "in a secret member": (pumped) => JSON.stringify({ request_data: { password: pumped } }),
  "in a form": (pumped) => `comment=${pumped}`,
};
const SIZE = 8000;
const GROWTH = 8;

describe.each(["known", "all"] as const)("redaction that shows %s", (shows) => {
  const own = ["fauxdr-standard-key", "fauxdr-password"];
  const clean = redactor(own, shows === "all" ? undefined : knownNames(vendors));
  const look = (text: string): void => {
    const headers = {
      authorization: `Bearer ${"aB1".repeat(30)}`,
      "user-agent": text.slice(0, 8000),
    };
    const { rest } = clean.request("POST", `/x?${text.slice(0, 8000)}`, headers, text);
    rest.text(text);
  };

  it.for(Object.entries(SHAPES))("costs no more than its length, %s", ([shape, make], { skip }) => {
    skip(...eachThird(Object.keys(SHAPES).indexOf(shape), "redaction of every shape"));
    for (const pump of PUMPS) {
      const short = make(pump.repeat(SIZE / pump.length));
      const long = make(pump.repeat((GROWTH * SIZE) / pump.length));
      look(short);
      const [once, more] = [cpuOf(() => look(short)), cpuOf(() => look(long))];
      // Quadratic work grows by sixty-four, and takes seconds for the longer text.
      expect(more < 500 || more < 4 * GROWTH * once, `${pump}: ${once} ms, then ${more} ms`).toBe(
        true,
      );
    }
  });
});

it("what is looked for in a body costs no more than so many times its parse", () => {
  for (const pump of PUMPS) {
    const text = JSON.stringify(pump.repeat(1_000_000 / pump.length));
    const parse = cpuOf(() => JSON.parse(text));
    const ours = cpuOf(() => parseJson(text));
    expect(ours < 10 * parse + 200, `${pump}: ${ours} ms, JSON.parse ${parse} ms`).toBe(true);
  }
});
