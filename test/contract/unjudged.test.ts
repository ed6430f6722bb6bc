import { expect, it } from "vitest";
import { unjudged } from "../../src/contract/unjudged.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { journal } from "../support/journals.ts";

const [call] = journal({}) as [Exchange];
const { vendor: _, ...foreign } = call;
const refusal = { kind: "malformed", reason: "TLS" } as const;
const noise: Exchange = { ...call, request: { ...call.request, method: "" }, refusal };

it.each<[string, readonly Exchange[], number, string]>([
  ["fauxdr failed", [call, { ...call, error: "a bug" }], 3, "fauxdr itself failed: a bug"],
  [
    "calls were dropped",
    [call],
    1,
    "1 calls were not judged, because there were too many: raise --journal-entries, or send fewer",
  ],
  [
    "nothing came",
    [],
    0,
    "nothing was sent to the mock: does the client read its URL from the environment (see fauxdr env)?",
  ],
  ["only noise came", [noise, noise], 0, "the mock got only bytes that it could not read: TLS"],
  [
    "no call was for a vendor",
    [foreign, foreign],
    0,
    "no call had a path of a vendor: is something inserted between the base URL and the path?",
  ],
])("exchanges are not judged where %s", (_, exchanges, dropped, reason) => {
  expect(unjudged(exchanges, dropped)).toBe(reason);
});

it.each<[string, readonly Exchange[]]>([
  ["all were for a vendor", [call, call]],
  ["one of them was", [foreign, call]],
  ["noise came beside them", [noise, call]],
])("exchanges are judged where %s", (_, exchanges) => {
  expect(unjudged(exchanges, 0)).toBeUndefined();
});
