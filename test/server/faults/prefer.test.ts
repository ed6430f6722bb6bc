import { describe, expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import { json } from "../../../src/core/reply.ts";
import { preferredFault } from "../../../src/server/faults/prefer.ts";
import type { RequestContext } from "../../../src/server/spec/request-context.ts";
import { acme } from "../../support/acme.ts";

const STATUS: Readonly<Record<string, number>> = { invalid: 400, malformed: 400, unlicensed: 402 };

const CAUSES: Readonly<Record<string, readonly string[]>> = {
  200: ["ok"],
  202: ["ok", "invalid"],
  400: ["fault", "not-an-object", "invalid", "malformed"],
  402: ["unlicensed"],
  418: ["teapot"],
  451: ["forbidden"],
};

/** A request with a Prefer header, to an operation with those causes. */
const question = (
  prefer: string | undefined,
  route: unknown = { id: "addDevice" },
): RequestContext =>
  ({
    service: {
      ...acme(),
      refuse: ({ kind }: { kind: string }) =>
        json({}, { status: STATUS[kind] ?? 500, cause: kind }),
    },
    api: { causes: () => CAUSES },
    request: { method: "POST", path: "/acme/devices", headers: { prefer } },
    route,
  }) as unknown as RequestContext;

const refusing = (refusal: string): object => ({
  rule: "Prefer",
  fault: { kind: "refusal", refusal },
  delayMs: 0,
});

describe("a request is refused as it prefers", () => {
  it.each([
    "code=402",
    "Code = 402",
    'code="402"',
    "respond-async, code=402",
    "dynamic=true; code=402",
    "example=a code=402",
  ])("with %s", (prefer) => {
    expect(preferredFault(question(prefer))).toEqual(refusing("unlicensed"));
  });

  it("with the first cause of the status that the vendor has words for", () => {
    expect(preferredFault(question("code=400"))).toEqual(refusing("invalid"));
  });
});

describe("nothing is preferred", () => {
  it.each<[string, string | undefined]>([
    ["no header", undefined],
    ["an empty one", ""],
    ["another preference", "respond-async, wait=402"],
    ["a name that only ends so", "xcode=402"],
    ["no number", "code=ok"],
    ["too short a number", "code=40"],
    ["a status of success", "code=200"],
    ["a status that success has as well", "code=202"],
  ])("by %s", (_what, prefer) => {
    expect(preferredFault(question(prefer))).toBeUndefined();
  });

  it("where the request is no operation's", () => {
    const { route: _, ...unmatched } = question("code=402");
    expect(preferredFault({ ...unmatched, route: undefined })).toBeUndefined();
  });
});

describe("a preference is a mistake", () => {
  it.each([
    [
      "a status that is not documented",
      "code=403",
      "addDevice documents no status 403. Prefer: code= takes one of 200, 202, 400, 402, 418, 451.",
    ],
    [
      "one that no refusal leads to",
      "code=418",
      "addDevice has no error response with status 418.",
    ],
    [
      "one whose refusal has another status here",
      "code=451",
      "addDevice has no error response with status 451.",
    ],
  ])("for %s", (_what, prefer, sentence) => {
    expect(() => preferredFault(question(prefer))).toThrow(new KitError(sentence));
  });
});
