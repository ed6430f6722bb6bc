import { expect, it } from "vitest";
import { ignoredMembers, type Members } from "../../../src/server/spec/ignored-members.ts";

const open = (properties: Members["properties"]): Members => ({
  additionalProperties: true,
  ...(properties && { properties }),
});
const SCHEMA = open({ a: open({ b: {} }), rows: { items: open({ id: {} }) }, free: {} });

it.each<[string, unknown, readonly string[]]>([
  ["a member at the top", { a: {}, x: 1 }, ["/x"]],
  ["a member further in", { a: { b: 1, c: { d: 1 } } }, ["/a/c"]],
  ["a member of a row", { rows: [{ id: 1 }, { id: 2, at: 3 }] }, ["/rows/1/at"]],
  ["a member with the name of an inherited one", { constructor: 1 }, ["/constructor"]],
  ["nothing in what has no members of its own", { free: { x: 1 }, a: "text", rows: "all" }, []],
  ["nothing in a body that is no object", [1], []],
  ["nothing where there is no body", undefined, []],
])("finds %s", (_, body, found) => {
  expect(ignoredMembers(body, SCHEMA)).toEqual(found);
});

it("finds nothing under a closed schema, which refuses instead", () => {
  expect(ignoredMembers({ x: 1 }, { additionalProperties: false, properties: {} })).toEqual([]);
});

it("names twenty at most", () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`x${n}`, n]));
  expect(ignoredMembers(many, SCHEMA)).toHaveLength(20);
  const rows = Array.from({ length: 50 }, () => ({ x: 1 }));
  expect(ignoredMembers({ rows }, SCHEMA)).toHaveLength(20);
});
