import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VendorError } from "../../../../src/core/errors.ts";
import { startMock } from "../../../../src/index.ts";
import { page as pageOf } from "../../../../src/vendors/qualys/operations/page.ts";
import { CLOCK } from "../../../support/qualys.ts";
import { qualysClient } from "../../../support/qualys-client.ts";
import { badRequest, refused } from "../../../support/qualys-refused.ts";

const ascending = (a: number, b: number): number => a - b;

const page = (
  rows: readonly number[],
  query: Readonly<Record<string, number>>,
): readonly number[] => pageOf(rows, ascending, query);

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe("a page", () => {
  it("has ten rows from the first one on when nothing else is asked for", () => {
    expect(page(numbers(25), {})).toEqual(numbers(10));
    expect(page(numbers(25), { pageNumber: 1 })).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(page(numbers(25), { pageNumber: 2 })).toEqual([20, 21, 22, 23, 24]);
    expect(page(numbers(25), { pageNumber: 3 })).toEqual([]);
    expect(page(numbers(25), { pageNumber: 2, pageSize: 3 })).toEqual([6, 7, 8]);
  });

  it("and the other pages contain every row in the window once, in order, with any size", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 50, max: 10_000 }), (count, pageSize) => {
        const pages = Math.min(Math.ceil(count / pageSize), Math.floor(10_000 / pageSize));
        const all = numbers(count);
        const rows = numbers(pages).flatMap((pageNumber) => page(all, { pageNumber, pageSize }));
        expect(rows).toEqual(all.slice(0, pages * pageSize));
      }),
    );
  });

  it("may end at record 10,000, but not after it", () => {
    const rows = numbers(10_050);
    expect(page(rows, { pageNumber: 999 }).at(-1)).toBe(9999);
    expect(page(rows, { pageNumber: 0, pageSize: 10_000 })).toHaveLength(10_000);
    for (const query of [{ pageNumber: 1000 }, { pageNumber: 1, pageSize: 5001 }]) {
      expect(() => page(rows, query)).toThrow(VendorError);
    }
  });
});

describe.each(["events", "asset/all"])("/ioc/%s refuses a page", (path) => {
  const BAD: readonly (readonly [
    query: Readonly<Record<string, string | number>>,
    what: string,
  ])[] = [
    [{ pageSize: 0 }, "pageSize must be >= 1"],
    [{ pageSize: -1 }, "pageSize must be >= 1"],
    [{ pageSize: 10_001 }, "pageSize must be <= 10000"],
    [{ pageSize: 1.5 }, "pageSize must be integer"],
    [{ pageSize: "abc" }, "pageSize must be integer"],
    [{ pageSize: "" }, "pageSize must be integer"],
    [{ pageSize: "10;" }, "pageSize must be integer"],
    [{ pageNumber: -1 }, "pageNumber must be >= 0"],
    [{ pageNumber: "abc" }, "pageNumber must be integer"],
    [{ pageNumber: 1000 }, "pageNumber goes beyond record 10000 with this pageSize"],
    [{ pageNumber: 1, pageSize: 9999 }, "pageNumber goes beyond record 10000 with this pageSize"],
    [{ pageNumber: 1e300 }, "pageNumber goes beyond record 10000 with this pageSize"],
  ];

  it("of no size, of a size beyond the window, or behind it", async () => {
    await using mock = await startMock({ clock: CLOCK });
    for (const [query, what] of BAD) {
      const ask = () => qualysClient(mock).get(`/ioc/${path}`, query);
      expect(await refused(mock, ask), JSON.stringify(query)).toEqual(badRequest(`Query/${what}`));
    }
  });

  it("is refused in version 1 too", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const ask = () => qualysClient(mock).get(`/ioc/v1/${path}`, { pageNumber: 1000 });
    expect(await refused(mock, ask)).toEqual(
      badRequest("Query/pageNumber goes beyond record 10000 with this pageSize"),
    );
  });
});
