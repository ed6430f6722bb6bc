import { expect, it } from "vitest";
import type { AlsoDocument } from "../../../src/core/also-document.ts";
import type { WireRequest } from "../../../src/core/vendor.ts";
import { loadDocuments } from "../../../src/server/also/load.ts";
import { ownerByDocument } from "../../../src/server/also/owner.ts";
import { vendors } from "../../../src/vendors/index.ts";
import { answering, documentOf } from "../../support/also.ts";

const mine = (vendor: string): AlsoDocument[] => [
  ...loadDocuments(
    {
      also: [
        documentOf(
          { "/mine/{id}": { get: answering({ example: 1 }) } },
          { "x-fauxdr-vendor": vendor },
        ),
      ],
    },
    vendors,
  ),
];

const owner = (path: string, documents: AlsoDocument[], headers = {}) =>
  ownerByDocument(
    { path, headers, query: new URLSearchParams(), body: Buffer.of() } as unknown as WireRequest,
    documents,
    vendors,
  )?.name;

it("is the vendor of the document that has the path", () => {
  expect(owner("/mine/1", mine("qualys"))).toBe("qualys");
});

it("is the one whose credentials are sent, where two have it", () => {
  const both = [...mine("cortex"), ...mine("qualys")];
  expect(owner("/mine/1", both, { authorization: "Bearer fauxdr-token" })).toBe("qualys");
  expect(owner("/mine/1", both, { "x-xdr-auth-id": "1" })).toBe("cortex");
  expect(owner("/mine/1", both)).toBe("cortex");
});

it.each(["/mine", "/mine/1/2", "/other/1"])("is nobody for %s", (path) => {
  expect(owner(path, mine("cortex"))).toBeUndefined();
});
