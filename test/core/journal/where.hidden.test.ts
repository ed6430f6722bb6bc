import { describe, expect, it } from "vitest";
import { REDACTED } from "../../../src/core/journal/redact.ts";
import { type Condition, differences, type Subject } from "../../../src/core/journal/where.ts";

const kept = (change: Partial<Subject>): Subject => ({
  url: "/",
  headers: {},
  body: "",
  ...change,
});
const body = (value: unknown, cut = false): Subject => kept({ body: JSON.stringify(value), cut });

/** What the journal's stored part says about a condition. */
function said(place: string, condition: Condition, subject: Subject): "holds" | "off" | "open" {
  const [difference] = differences({ [place]: condition }, subject);
  if (!difference) return "holds";
  return difference.hidden ? "open" : "off";
}

describe("where a credential was taken out", () => {
  const text = body({
    a: `id ${REDACTED};`,
    list: ["x", REDACTED],
    deep: { b: [{ c: REDACTED }, null] },
  });

  it.each<[string, Condition, "holds" | "off" | "open"]>([
    ["/a", "id secret;", "open"],
    ["/a", `id ${REDACTED};`, "open"],
    ["/a", { oneOf: ["x", "y"] }, "open"],
    ["/a", { contains: "id" }, "holds"],
    ["/a", { contains: ";" }, "holds"],
    ["/a", { contains: "redacted" }, "open"],
    ["/a", { contains: "secret" }, "open"],
    ["/a", { length: 14 }, "open"],
    ["/a", { exists: true }, "holds"],
    ["/a", { exists: false }, "off"],
    ["/list", { contains: "x" }, "holds"],
    ["/list", { contains: "y" }, "open"],
    ["/list", { contains: REDACTED }, "open"],
    ["/list", { length: 2 }, "holds"],
    ["/list", { length: 3 }, "off"],
    ["/list/*", "x", "holds"],
    ["/list/*", "y", "open"],
    ["/list/0", "y", "off"],
    ["/deep", { equals: { b: [{ c: "secret" }, null] } }, "open"],
    ["/", { equals: {} }, "open"],
    ["/none", { exists: false }, "holds"],
    ["/none", "x", "off"],
  ])("%s of %j: %s", (place, condition, expected) => {
    expect(said(place, condition, text)).toBe(expected);
  });

  it.each<[string, string, Subject]>([
    ["a body", "/x", body({ [REDACTED]: 1 })],
    ["a body, somewhere in it", "/x", body([{ a: { [`a ${REDACTED}`]: 1 } }])],
    ["a body, beside another", "/x", body({ a: null, [REDACTED]: 1 })],
    ["a query", "query/x", kept({ url: `/?a=1&${REDACTED}=2` })],
    ["the headers", "header/x", kept({ headers: { [REDACTED]: "2" } })],
  ])("nothing is sure about a name in %s that may be the one", (_where, place, subject) => {
    expect(said(place, "1", subject)).toBe("open");
    expect(said(place, { exists: true }, subject)).toBe("open");
    expect(said(place, { exists: false }, subject)).toBe("open");
  });

  it("a value exists, even if something beside it was removed", () => {
    const subject = body({ x: 1, [REDACTED]: 1 });
    expect(said("/x", { exists: true }, subject)).toBe("holds");
    expect(said("/x", { exists: false }, subject)).toBe("off");
  });

  it("the body may have been JSON before", () => {
    const subject = kept({ body: `{"a":"?token=${REDACTED}` });
    expect(said("/b", "x", subject)).toBe("open");
    expect(said("/b", { exists: false }, subject)).toBe("open");
  });
});

describe("where a body was cut", () => {
  it.each<[string, Subject]>([
    ["in the middle of an object", { ...body({}), body: '{"a":1,"b":', cut: true }],
    ["to nothing", kept({ cut: true })],
    ["in the middle of a number, which leaves another one", body(12, true)],
    [
      "in the middle of a form, which leaves another one",
      kept({
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "a=1&b=jan",
        cut: true,
      }),
    ],
    [
      "after so many fields that they are not read",
      kept({
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "b=1&".repeat(1001),
      }),
    ],
  ])("%s, nothing in it is sure", (_how, subject) => {
    const conditions: Condition[] = [
      "jan",
      12,
      { exists: true },
      { exists: false },
      { length: 3 },
      { contains: "j" },
    ];
    for (const place of ["/", "/b", "/*"]) {
      for (const condition of conditions) {
        expect(said(place, condition, subject), JSON.stringify({ place, condition })).toBe("open");
      }
    }
  });

  it("query and headers are as sure as ever", () => {
    const subject = kept({ url: "/?a=1", headers: { b: "2" }, cut: true });
    expect(said("query/a", "1", subject)).toBe("holds");
    expect(said("query/a", "2", subject)).toBe("off");
    expect(said("header/b", "2", subject)).toBe("holds");
    expect(said("header/b", { exists: false }, subject)).toBe("off");
  });
});

it("a difference says that a place is unknown, not that nothing is there", () => {
  expect(differences({ "/a": 1 }, kept({ body: '{"a"', cut: true }))).toEqual([
    { where: "/a", expected: "1", actual: "unknown", hidden: true },
  ]);
});

it.each(["/tokens/0", "/tokens/*", "/tokens/a/b"])(
  "nothing is sure of %s in a list or an object that was taken out",
  (place) => {
    const subject = { url: "/", headers: {}, body: `{"tokens":"${REDACTED}"}` };
    expect(differences({ [place]: "x" }, subject)).toMatchObject([{ where: place, hidden: true }]);
    expect(differences({ "/tokens": { contains: "" } }, subject)).toMatchObject([{ hidden: true }]);
  },
);
