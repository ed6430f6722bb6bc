import { describe, expect, it } from "vitest";
import { listReply } from "../../../src/server/admin/list-reply.ts";

/** A reply with the numbers up to a count, and how many of them have been made so far. */
function numbersTo(count: number) {
  let made = 0;
  const reply = listReply({
    items: Array.from({ length: count }, (_, index) => index),
    body: (numbers) => ({ kind: "even", numbers: numbers.map((one) => 2 * one) }),
    shown: (one) => {
      made++;
      return 2 * one;
    },
  });
  return { reply, made: () => made };
}

const even = (count: number): object => ({
  kind: "even",
  numbers: Array.from({ length: count }, (_, index) => 2 * index),
});

describe("a reply with a list", () => {
  it("is a value where the list is short, so that it is checked against the spec", () => {
    expect(numbersTo(50).reply.value).toEqual(even(50));
    expect(numbersTo(0).reply.value).toEqual(even(0));
  });

  it("makes the items of a long list one by one, as they are sent", () => {
    const { reply, made } = numbersTo(51);
    expect(made()).toBe(0);
    let text = "";
    for (const piece of reply.pieces ?? []) {
      text += piece;
      if (made() === 1) expect(text).toBe('{"kind":"even","numbers":[0');
    }
    expect(JSON.parse(text)).toEqual(even(51));
  });
});
