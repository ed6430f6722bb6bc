import fc from "fast-check";
import { expect, it } from "vitest";
import { firstInOrder } from "../../../../src/vendors/qualys/operations/first-in-order.ts";

const ascending = (a: number, b: number): number => a - b;

it("the first rows are those of the sorted list, for any rows and number, and the list stays as it is", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 })), fc.nat(60), (rows, count) => {
      const given = [...rows];
      expect(firstInOrder(rows, count, ascending)).toEqual(
        rows.toSorted(ascending).slice(0, count),
      );
      expect(rows).toEqual(given);
    }),
  );
});

it("a page of a large list takes a few comparisons for each row, and not as many as a sort", () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 100_003);
  let compared = 0;
  const page = firstInOrder(rows, 100, (a, b) => {
    compared++;
    return a - b;
  });
  expect(page).toEqual(rows.toSorted(ascending).slice(0, 100));
  expect(compared).toBeLessThan(6 * rows.length);
});
