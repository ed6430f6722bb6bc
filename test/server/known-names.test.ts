import { expect, it } from "vitest";
import { loadDocuments } from "../../src/server/also/load.ts";
import { knownNames } from "../../src/server/known-names.ts";
import { vendors } from "../../src/vendors/index.ts";
import { answering, documentOf } from "../support/also.ts";

it("knows the names of the user's documents, those in examples too", () => {
  const parameters = [{ name: "since", in: "query", schema: { type: "string" } }];
  const example = { rows: [{ mood: "calm" }] };
  const paths = { "/mine/moods": { get: answering({ example }, { parameters }) } };
  const known = knownNames(vendors, loadDocuments({ also: [documentOf(paths)] }, vendors));
  expect([
    known.parameters.has("since"),
    known.fields.has("mood"),
    known.segments.has("moods"),
  ]).toEqual([true, true, true]);
  expect(knownNames(vendors).fields.has("mood")).toBe(false);
});
