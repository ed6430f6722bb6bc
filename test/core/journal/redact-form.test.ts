import { expect, it } from "vitest";
import { redactForm } from "../../../src/core/journal/redact-form.ts";
import { Taken } from "../../../src/core/journal/redact-text.ts";
import { cpuMs } from "../../support/cpu.ts";

const judge = () => "shown" as const;
const judges = { parameter: judge, field: judge, prose: judge };

/** The least of several rounds, in milliseconds of the processor. */
function cpuOf(text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const before = cpuMs();
    redactForm(text, judges, new Taken());
    least = Math.min(least, cpuMs() - before);
  }
  return least;
}

it.each(["&", "a&", "?", "#a"])("reading a form of %s costs no more than its length", (pump) => {
  const cpuFor = (size: number) => cpuOf(pump.repeat(size / pump.length));
  const [once, more] = [cpuFor(100_000), cpuFor(400_000)];
  // Quadratic work grows by sixteen, and takes seconds for the longer text.
  expect(more < 200 || more < 8 * once, `${once} ms, then ${more} ms`).toBe(true);
});
