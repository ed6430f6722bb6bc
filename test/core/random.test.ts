import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/core/random.ts";

const numbers = (seed: string, count = 1000): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe("the same seed", () => {
  it("gives the same sequence on every machine and in every release", () => {
    const random = createRandom("fauxdr/default");
    expect([random.next(), random.hex(12), random.integer(1, 6), random.uuid()]).toEqual([
      1268553526,
      "7e66d8b3e255",
      4,
      "4ee6645d-28e9-4034-b0ca-97329d24cf35",
    ]);
  });

  it("gives the same sequence twice", () => {
    expect(numbers("a seed")).toEqual(numbers("a seed"));
  });
});

it.each(["", "b", "A", "a ", "aa", "ä"])("the seed %j gives another sequence than a", (seed) => {
  expect(numbers(seed, 4)).not.toEqual(numbers("a", 4));
});

it("numbers are whole, from 0 to 2³² − 1, and none comes twice in a thousand", () => {
  const seen = numbers("fauxdr");
  for (const number of seen) {
    expect(Number.isInteger(number) && number >= 0 && number < 2 ** 32).toBe(true);
  }
  expect(new Set(seen).size).toBe(seen.length);
});

it("each of the 32 bits is set in about half of the numbers", () => {
  const seen = numbers("fauxdr", 10_000);
  for (let bit = 0; bit < 32; bit++) {
    const set = seen.filter((number) => (number >>> bit) & 1).length;
    expect(Math.abs(set - 5000), `bit ${bit}`).toBeLessThan(300);
  }
});

describe("integer", () => {
  it("reaches both ends of its range, everything between them, and nothing else", () => {
    const random = createRandom("dice");
    const seen = Array.from({ length: 6000 }, () => random.integer(-2, 3));
    const counts = [-2, -1, 0, 1, 2, 3].map((face) => seen.filter((one) => one === face).length);
    expect(counts.reduce((sum, count) => sum + count)).toBe(seen.length);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it("gives the only number of a range of one", () => {
    expect(createRandom("one").integer(7, 7)).toBe(7);
  });
});

it("hex writes each number with its zeros", () => {
  const numbers = createRandom("hex");
  const written = Array.from({ length: 100 }, () => numbers.next().toString(16).padStart(8, "0"));
  expect(createRandom("hex").hex(800)).toBe(written.join(""));
});

it.each([0, 1, 7, 8, 9, 64])("hex gives %i lower-case digits", (length) => {
  expect(createRandom("hex").hex(length)).toMatch(new RegExp(`^[0-9a-f]{${length}}$`));
});

it("uuids have the form of version 4, in all four variants, and none comes twice", () => {
  const random = createRandom("ids");
  const ids = Array.from({ length: 2000 }, () => random.uuid());
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(ids.map((id) => id.charAt(19)))).toEqual(new Set(["8", "9", "a", "b"]));
});

describe("a saved state", () => {
  it("is JSON, and restoring it continues the sequence from there", () => {
    const random = createRandom("saved");
    random.next();
    const saved = JSON.stringify(random.state());
    const after = [random.uuid(), random.next(), random.hex(5)];
    random.restore(JSON.parse(saved));
    expect([random.uuid(), random.next(), random.hex(5)]).toEqual(after);
  });

  it("continues in a generator with another seed", () => {
    const [one, other] = [createRandom("one"), createRandom("other")];
    other.restore(one.state());
    expect(other.uuid()).toBe(one.uuid());
  });

  it("does not move with the generator it was taken from", () => {
    const random = createRandom("saved");
    const saved = random.state();
    const first = random.next();
    random.restore(saved);
    expect(random.next()).toBe(first);
  });
});
