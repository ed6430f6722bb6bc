import { fc, it as property } from "@fast-check/vitest";
import { beforeAll, describe, expect, it } from "vitest";
import { parseJson } from "../../../src/core/json/json.ts";
import { MAX_DEPTH } from "../../../src/core/json/json-fault.ts";
import { brokenTexts, scraps } from "../../support/broken-json.ts";
import { needs } from "../../support/programs.ts";
import { pythonFaults } from "../../support/python-json.ts";

/** The text and place of a fault, as in Python's own error. */
function faultOf(text: string): unknown {
  const parsed = parseJson(text);
  if (!("fault" in parsed)) return undefined;
  const { message, line, column, offset } = parsed.fault;
  return { message, line, column, offset };
}

const python = needs("Python");

describe.skipIf(python.skip)(`a text that Python refuses${python.note}`, () => {
  let inPython: ReturnType<typeof pythonFaults>;
  beforeAll(() => {
    inPython = pythonFaults(brokenTexts);
  });

  it.each(brokenTexts.map((text, index) => [text, index] as const))(
    "is refused in the same words, at the same place: %j",
    (text, index) => {
      expect(inPython[index]).toBeDefined();
      expect(faultOf(text)).toEqual(inPython[index]);
    },
  );

  it("is refused so in two thousand texts put together from scraps of JSON", () => {
    const texts = fc.sample(scraps, { seed: 20260131, numRuns: 2000 });
    const faults = pythonFaults(texts);
    const differing = texts.filter((text, index) => {
      const ours = faultOf(text) as { message: string } | undefined;
      const twice = ours?.message.startsWith("Duplicate property name");
      return !twice && JSON.stringify(ours) !== JSON.stringify(faults[index]);
    });
    expect(differing).toEqual([]);
  });
});

describe("refused although Python accepts it", () => {
  it.each([
    ["NaN", 0],
    ["Infinity", 0],
    ["-Infinity", 0],
    ["[1, NaN]", 4],
  ])("the number in %s", (text, offset) => {
    expect(faultOf(text)).toEqual({
      message: "Expecting value",
      line: 1,
      column: offset + 1,
      offset,
    });
  });

  it("a name that comes twice, at its second place", () => {
    expect(faultOf('{"a": 1,\n "a": 2}')).toEqual({
      message: 'Duplicate property name "a"',
      line: 2,
      column: 2,
      offset: 10,
    });
  });

  it("a name that comes twice in another spelling", () => {
    expect(faultOf('{"a":1,"\\u0061":2}')).toMatchObject({
      message: 'Duplicate property name "a"',
      offset: 7,
    });
  });

  it("__proto__ and constructor when they come twice", () => {
    expect(faultOf('{"__proto__":1,"__proto__":2}')).toMatchObject({ offset: 15 });
    expect(faultOf('{"constructor":1,"constructor":2}')).toMatchObject({ offset: 17 });
  });

  it.each([
    ["arrays", "[", "]"],
    ["objects", '{"a":', "}"],
  ])("%s nested one level too deep", (_, open, close) => {
    const text = open.repeat(MAX_DEPTH + 1) + close.repeat(MAX_DEPTH + 1);
    expect(faultOf(text)).toEqual({
      message: "Nested deeper than 64 levels",
      line: 1,
      column: MAX_DEPTH * open.length + 1,
      offset: MAX_DEPTH * open.length,
    });
  });

  it("a million open brackets, without running out of stack", () => {
    expect(faultOf("[".repeat(1_000_000))).toMatchObject({ offset: MAX_DEPTH });
  });
});

describe("accepted", () => {
  it("the same name in different objects", () => {
    expect(parseJson('[{"a":{"a":1}},{"a":2}]')).toEqual({ value: [{ a: { a: 1 } }, { a: 2 }] });
  });

  it("the deepest nesting that is allowed", () => {
    const text = `${"[".repeat(MAX_DEPTH)}1${"]".repeat(MAX_DEPTH)}`;
    expect(parseJson(text)).toEqual({ value: JSON.parse(text) });
  });

  it("a __proto__ as a plain property that changes no prototype", () => {
    const parsed = parseJson('{"__proto__":{"admin":true}}') as { value: object };
    expect(Object.keys(parsed.value)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(parsed.value)).toBe(Object.prototype);
    expect("admin" in parsed.value).toBe(false);
  });
});

it.each(["0", "-12", "1.25", "1e15", "1E-10", "-0.5e+12"])(
  "a fault behind the number %s is found behind it",
  (number) => {
    expect(faultOf(`[${number} x`)).toMatchObject({ offset: number.length + 2 });
  },
);

describe("the characters at the place", () => {
  it.each([
    ['{"a": nothing at all}', "nothing at"],
    ["[1, 😀😀😀😀😀😀😀😀😀😀😀]", "😀😀😀😀😀😀😀😀😀😀"],
    ["[1,", ""],
    ["[tru]", "tru]"],
  ])("%s is reported near %j", (text, near) => {
    expect(parseJson(text)).toMatchObject({ fault: { near } });
  });
});

describe("any text", () => {
  const accepted = (text: string): { value: unknown } | undefined => {
    try {
      return { value: JSON.parse(text) };
    } catch {
      return undefined;
    }
  };
  const agrees = (text: string): void => {
    const ours = parseJson(text);
    const theirs = accepted(text);
    if ("value" in ours) expect(ours).toEqual(theirs);
    else if (theirs) expect(ours.fault.message).toMatch(/^(Duplicate property name|Nested deeper)/);
  };

  property.prop([fc.string({ unit: "binary", maxLength: 40 })])(
    "is answered, never thrown at",
    agrees,
  );

  property.prop([scraps])("is accepted where JSON.parse accepts it, with the same value", agrees);

  property.prop([fc.json({ depthSize: "medium", noUnicodeString: false })])(
    "that is JSON gives the value that JSON.parse gives",
    (text) => {
      expect(parseJson(text)).toEqual({ value: JSON.parse(text) });
    },
  );

  property.prop([fc.json(), fc.nat()])("that ends too early is refused", (text, where) => {
    const cut = `[${text}]`.slice(0, 1 + (where % (text.length + 1)));
    expect(parseJson(cut)).toHaveProperty("fault");
  });
});

describe("the value that other parsers read", () => {
  it("comes with the fault of duplicate keys", () => {
    expect(parseJson('{"a":1,"a":[2]}')).toMatchObject({
      fault: { message: 'Duplicate property name "a"' },
      loose: { a: [2] },
    });
  });

  it.each(['{"a":1,"a":2', '{"a":1,"a":2}}', '{"a":1,"a":01}', "[".repeat(65), ""])(
    "is not there for what they do not read either: %j",
    (text) => {
      expect(parseJson(text)).not.toHaveProperty("loose");
      expect(parseJson(text)).toHaveProperty("fault");
    },
  );
});

it.each(["0", "10", "-1", "1.5", "1e5", "1E5", "10e-1", "9".repeat(400)])(
  "the number %s is read to its end where something else is wrong",
  (number) => {
    expect(parseJson(`[${number}x]`)).toMatchObject({
      fault: { message: "Expecting ',' delimiter", offset: 1 + number.length },
    });
  },
);

it.each([
  ["01", 2],
  ["1.", 2],
  ["1e", 2],
  ["1.5.", 4],
])("the number %s is at fault where it stops to be one", (number, offset) => {
  expect(parseJson(`[${number}]`)).toMatchObject({ fault: { offset } });
});
