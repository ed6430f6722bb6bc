import { fc, it as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { REDACTED, redactor } from "../../../src/core/journal/redact.ts";
import { type Expectation, type Pattern, verify } from "../../../src/core/journal/verify.ts";
import type { Condition } from "../../../src/core/journal/where.ts";
import { journalOf, type Seen } from "../../support/exchanges.ts";
import { isAll } from "../../support/programs.ts";

const KEEP = 2;
const id = (value: string): Pattern => ({ where: { "/id": value } });
const seen = (body: string, more: Seen = {}): Seen => ({ body, ...more });
const [A, B, HIDDEN] = ['{"id":"a"}', '{"id":"b"}', `{"id":"${REDACTED}"}`];
const CUT = seen('{"i', { cut: true });

const word = (all: readonly Seen[], expectation: Expectation, kept?: number): string =>
  verify(journalOf(all, kept), expectation).verdict;

describe("where exchanges were dropped", () => {
  const all = [seen(A), seen(A), seen(B)];

  it.each<[string, Expectation, string]>([
    ["too few may have been enough", { ...id("a"), times: 2 }, "cannot-tell"],
    ["just enough may have been too many", { ...id("a"), times: 1 }, "cannot-tell"],
    ["none may have been one", { ...id("z") }, "cannot-tell"],
    ["none may not have been none", { ...id("z"), times: 0 }, "cannot-tell"],
    ["few enough may have been too many", { atMost: 2 }, "cannot-tell"],
    ["too many stay too many", { atMost: 1 }, "failed"],
    ["enough stay enough", { ...id("a"), atLeast: 1 }, "passed"],
    ["an order that is there stays", { inOrder: [id("a"), id("b")] }, "passed"],
    ["an order may have been there", { inOrder: [id("a"), id("a")] }, "cannot-tell"],
  ])("%s: %j", (_why, expectation, expected) => {
    expect(word(all, expectation, KEEP)).toBe(expected);
  });

  it("says how many, and that the verdict is unknown", () => {
    const { message } = verify(journalOf(all, KEEP), { ...id("z") });
    expect(message.split("\n")[0]).toBe(
      'expected at least 1 exchange (/id "z"), saw 0; cannot tell, because 1 exchanges were dropped',
    );
  });
});

describe.each([
  ["a body was cut", CUT],
  ["a credential was taken out", seen(HIDDEN)],
])("where %s", (_what, doubtful) => {
  it.each<[string, Expectation, string]>([
    ["it may be the one", { ...id("z") }, "cannot-tell"],
    ["it may be one too many", { ...id("a"), times: 1 }, "cannot-tell"],
    ["it may be the second", { ...id("a"), times: 2 }, "cannot-tell"],
    ["it is not two", { ...id("a"), times: 3 }, "failed"],
    ["what is sure is too many", { ...id("a"), times: 0 }, "failed"],
    ["what is sure is enough", { ...id("a") }, "passed"],
    ["something else about it is off", { ...id("z"), operation: "getDevice" }, "failed"],
    ["nobody asks for what is in it", { times: 2 }, "passed"],
    ["it may come first", { inOrder: [id("a"), id("a")] }, "cannot-tell"],
    ["the order is kept without it", { inOrder: [id("a")] }, "passed"],
  ])("%s: %j", (_why, expectation, expected) => {
    expect(word([doubtful, seen(A)], expectation)).toBe(expected);
  });

  it("it may be the one that an order lacks", () => {
    expect(word([seen(A), doubtful], { inOrder: [id("a"), id("b")] })).toBe("cannot-tell");
  });

  it("it comes too late for an order to hang on it", () => {
    const inOrder = [id("a"), { status: 500 }];
    expect(word([seen(A), doubtful], { inOrder })).toBe("failed");
  });

  it("says so, and counts it among the misses", () => {
    const { message, nearest } = verify(journalOf([doubtful]), id("z"));
    expect(message).toMatch(
      /; cannot tell, because the deciding part was cut or redacted\n {2}#1 /,
    );
    expect(nearest).toMatchObject([{ id: 1, differences: [{ where: "/id", hidden: true }] }]);
  });
});

describe("any verdict on the rest of a journal", () => {
  const SECRET = "sesame-open";
  const clean = redactor([SECRET]);
  const CAP = 40;

  const text = fc.constantFrom("a", "b", "", SECRET, `x ${SECRET}`, "redacted", "?token=a b");
  const name = fc.constantFrom("id", "note", "password", SECRET);
  const value = fc.oneof(
    text,
    fc.integer({ min: 0, max: 2 }),
    fc.array(text, { maxLength: 3 }),
    fc.dictionary(name, text, { maxKeys: 2 }),
  );
  const body = fc
    .record({ fields: fc.dictionary(name, value, { maxKeys: 4 }), pad: fc.nat({ max: 60 }) })
    .map(({ fields, pad }) => JSON.stringify(fields).padStart(pad));
  const form = fc
    .dictionary(name, text, { maxKeys: 4 })
    .map((fields) => new URLSearchParams(fields).toString());
  const request = fc
    .oneof(
      fc.tuple(fc.constant("application/json"), body),
      fc.tuple(fc.constant("application/x-www-form-urlencoded"), form),
    )
    .chain(([type, content]) =>
      fc.record({
        body: fc.constant(content),
        url: fc.tuple(name, text).map((pair) => `/?${new URLSearchParams([pair])}`),
        headers: fc
          .tuple(fc.constantFrom("x-note", "x-api-key"), text)
          .map((pair) => ({ "content-type": type, ...Object.fromEntries([pair]) })),
        operation: fc.constantFrom("addDevice", "getDevice"),
      }),
    );

  const condition: fc.Arbitrary<Condition> = fc.oneof(
    text,
    fc.constant(REDACTED),
    value.map((equals) => ({ equals })),
    text.map((contains) => ({ contains })),
    fc.array(text, { maxLength: 2 }).map((oneOf) => ({ oneOf })),
    fc.boolean().map((exists) => ({ exists })),
    fc.integer({ min: 0, max: 11 }).map((length) => ({ length })),
  );
  const places = ["/", "/*", "/id", "/id/0", "/*/note", "/password", `/${SECRET}`];
  const place = fc.constantFrom(...places, "query/id", "query/password", "header/x-note");
  const pattern: fc.Arbitrary<Pattern> = fc.record(
    {
      operation: fc.constantFrom("addDevice", "getDevice"),
      where: fc.dictionary(place, condition, { minKeys: 1, maxKeys: 2 }),
    },
    { requiredKeys: ["where"] },
  );
  const number = fc.integer({ min: 0, max: 3 });
  const expectation: fc.Arbitrary<Expectation> = fc.oneof(
    pattern,
    fc.tuple(pattern, number).map(([one, times]) => ({ ...one, times })),
    fc.tuple(pattern, number).map(([one, atMost]) => ({ ...one, atMost })),
    fc.tuple(pattern, number).map(([one, atLeast]) => ({ ...one, atLeast })),
    fc.array(pattern, { minLength: 1, maxLength: 3 }).map((inOrder) => ({ inOrder })),
  );

  /** As the recorder stores it. */
  const stored = ({ url = "", headers = {}, body: whole = "", ...rest }: Seen): Seen => ({
    ...rest,
    url: clean.text(url),
    headers: clean.headers(headers) as Record<string, string>,
    body: whole.length > CAP ? clean.text(whole).slice(0, CAP) : clean.text(whole),
    ...(whole.length > CAP && { cut: true }),
  });

  property.prop(
    [fc.array(request, { maxLength: 5 }), expectation, fc.integer({ min: 1, max: 6 })],
    { numRuns: isAll ? 3000 : 500 },
  )("is the one on all of it, or that nobody can tell", (all, of, kept) => {
    const whole = word(all, of);
    expect(whole).not.toBe("cannot-tell");
    const said = word(all.map(stored), of, kept);
    if (said !== "cannot-tell") expect(said).toBe(whole);
  });
});
