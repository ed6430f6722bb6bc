import { describe, expect, it } from "vitest";
import { bytesOf, type GoodCall } from "../../support/good-calls.ts";
import { faces, refusesInWords, startFace } from "../../support/hostile.ts";
import { exchange } from "../../support/raw-socket.ts";
import { invalid, notAnObject, notJson, type Refusals } from "../../support/refusals.ts";

type Row = readonly [what: string, body: (call: GoodCall) => string, refusals: Refusals];

/** The good body with members written in before its own. */
const opened =
  (members: string) =>
  ({ body }: GoodCall): string =>
    `{${members},${body.slice(1)}`;

const nested = (open: string, levels: number, close: string) => (): string =>
  open.repeat(levels) + close.repeat(levels);

const notAField = (name: string): Refusals => invalid(`/${name} is not a field of this call`);
const tooDeep = (column: number): Refusals => notJson("Nested deeper than 64 levels", column);
const twice = notJson('Duplicate property name "a"', 8);

const SHAPES: readonly Row[] = [
  ["space alone", () => "  ", notJson("Expecting value", 3)],
  ["XML", () => "<request/>", notJson("Expecting value", 1)],
  [
    "a body that breaks off",
    ({ body }) => body.slice(0, 1),
    notJson("Expecting property name enclosed in double quotes", 2),
  ],
  ["one body after the other", ({ body }) => `{}${body}`, notJson("Extra data", 3)],
  ["a body in a list", ({ body }) => `[${body}]`, notAnObject],
  ["a body in a text", ({ body }) => JSON.stringify(body), notAnObject],
  ["null", () => "null", notAnObject],
  ["a number beyond all numbers", () => "1e999", notAnObject],
];

const NAMES: readonly Row[] = [
  ["a name that occurs twice", opened('"a":1,"a":1'), twice],
  ["a name that occurs twice, once in escapes", opened('"a":1,"\\u0061":1'), twice],
  [
    "a name that occurs twice further in",
    opened('"b":[{"a":1,"a":2}]'),
    notJson('Duplicate property name "a"', 14),
  ],
  [
    "__proto__ twice",
    opened('"__proto__":1,"__proto__":1'),
    notJson('Duplicate property name "__proto__"', 16),
  ],
  ["__proto__", opened('"__proto__":{"admin":true}'), notAField("__proto__")],
  ["__proto__ in escapes", opened('"\\u005f_proto__":{"admin":true}'), notAField("__proto__")],
  ["constructor", opened('"constructor":{"prototype":{"admin":true}}'), notAField("constructor")],
  ["prototype", opened('"prototype":{}'), notAField("prototype")],
  ["toString", opened('"toString":1'), notAField("toString")],
];

const DEPTHS: readonly Row[] = [
  ["lists 65 deep", nested("[", 65, "]"), tooDeep(65)],
  ["objects 65 deep", () => `${'{"a":'.repeat(65)}1${"}".repeat(65)}`, tooDeep(64 * 5 + 1)],
  ["lists 100,000 deep", nested("[", 100_000, "]"), tooDeep(65)],
  [
    "objects 100,000 deep",
    () => `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
    tooDeep(64 * 5 + 1),
  ],
  ["100,000 lists that nobody closes", nested("[", 100_000, ""), tooDeep(65)],
  ["lists 64 deep, which is deep enough to be read", nested("[", 64, "]"), notAnObject],
];

describe.each(faces)("JSON for $name", (face) => {
  const { call } = face;

  it.each([...SHAPES, ...NAMES, ...DEPTHS])("is refused: %s", async (_, body, refusals) => {
    const { entry } = await refusesInWords(face, bytesOf(call, { body: body(call) }), refusals);
    expect(entry.operation).toMatch(/^quarantine/);
    expect(Object.prototype).not.toHaveProperty("admin");
  });

  it("does not take its fields from the value of __proto__", async () => {
    const first = JSON.parse(call.body) as object;
    const body = `{"__proto__":${call.body}}`;
    const [name, ...names] = Object.keys(first).filter((key) => key !== "user" && key !== "userId");
    const missing = invalid(
      `/${name} is required`,
      ...names.map((other) => `/${other} is required`),
      "/__proto__ is not a field of this call",
    );
    await refusesInWords(face, bytesOf(call, { body }), missing);
  });

  it("is taken with names of Object.prototype in its values", async () => {
    await using mock = await startFace(face);
    const body = call.body.replace(/"(QH|C:[^"]*)"/, '"__proto__"');
    const [reply] = await exchange(mock.port, bytesOf(call, { body }));
    expect([body === call.body, reply?.status]).toEqual([false, 200]);
  });
});
