import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder, inOrderAfter } from "../../src/core/in-order.ts";

const ascending = (a: number, b: number): number => a - b;
const descending = (a: number, b: number): number => b - a;
const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 200 });

describe("rows in order", () => {
  it("are those of the sorted list, for any pages one after another, and the given list stays as it is", () => {
    fc.assert(
      fc.property(numbers, fc.array(fc.tuple(fc.nat(250), fc.nat(60))), (rows, pages) => {
        const given = [...rows];
        for (const [start, count] of pages) {
          for (const order of [ascending, descending]) {
            const page = inOrder(rows, order, start, count);
            expect(page).toEqual(rows.toSorted(order).slice(start, start + count));
          }
        }
        expect(rows).toEqual(given);
      }),
    );
  });

  it("after a key are the rest of the sorted list, whatever was sorted before", () => {
    fc.assert(
      fc.property(
        numbers,
        fc.array(fc.tuple(fc.integer(), fc.nat(60), fc.nat(60))),
        (rows, steps) => {
          for (const [key, count, before] of steps) {
            inOrder(rows, ascending, 0, before);
            const rest = rows.filter((row) => row > key % 60).toSorted(ascending);
            expect(inOrderAfter(rows, ascending, key % 60, count)).toEqual(rest.slice(0, count));
          }
        },
      ),
    );
  });

  it("take a few comparisons for each row on the first page, and hardly any on the next", () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 100_003);
    const sorted = rows.toSorted(ascending);
    let compared = 0;
    const order = (a: number, b: number): number => {
      compared++;
      return a - b;
    };
    expect(inOrder(rows, order, 0, 100)).toEqual(sorted.slice(0, 100));
    expect(compared).toBeLessThan(6 * rows.length);
    compared = 0;
    expect(inOrder(rows, order, 0, 100)).toEqual(sorted.slice(0, 100));
    expect(inOrderAfter(rows, order, sorted[49] as number, 50)).toEqual(sorted.slice(50, 100));
    expect(compared).toBeLessThan(50);
    for (let start = 100; start < 10_000; start += 100) {
      const after = sorted[start - 1] as number;
      expect(inOrderAfter(rows, order, after, 100)).toEqual(sorted.slice(start, start + 100));
    }
    expect(compared).toBeLessThan(3 * rows.length);
  });
});
