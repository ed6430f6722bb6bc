import { expect, it } from "vitest";
import { isNoRequest, noRequestFindings, reasonsIn } from "../../src/contract/no-request.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import { journal } from "../support/journals.ts";

/** Connections that broke before a request was read, for these reasons. */
const broken = (...reasons: readonly string[]): Exchange[] =>
  journal(...reasons.map((reason) => ({ refusal: { kind: "malformed" as const, reason } }))).map(
    (exchange) => ({ ...exchange, request: { ...exchange.request, method: "" } }),
  );

it("is what the journal has without a method", () => {
  expect([...broken("x"), ...journal({})].map(isNoRequest)).toEqual([true, false]);
});

it("has reasons, each of which is named once", () => {
  const refused = journal({ refusal: { kind: "failure", reason: "other" } });
  expect(reasonsIn([...broken("TLS", "noise", "TLS"), ...refused])).toBe("TLS; noise");
});

it("is one finding for all connections", () => {
  const [, second, third] = broken("x", "TLS", "noise") as [Exchange, Exchange, Exchange];
  expect(noRequestFindings([...journal({}), second, third])).toEqual([
    {
      rule: "connection.no-request",
      vendor: "none",
      severity: "should",
      basis: "documented",
      what: "2 connections without a valid request: TLS; noise",
      fix: "Use the URL from the environment unchanged: its scheme and its port belong together.",
      source: "RFC 9112, HTTP/1.1: https://www.rfc-editor.org/rfc/rfc9112",
      exchanges: [2, 3],
    },
  ]);
  expect(noRequestFindings(broken("TLS"))[0]?.what).toBe(
    "a connection without a valid request: TLS",
  );
});

it("is named by ten exchanges of many", () => {
  expect(noRequestFindings(broken(...Array(12).fill("x")))[0]?.exchanges).toHaveLength(10);
});

it("is no finding where every request could be read", () => {
  expect(noRequestFindings(journal({}))).toEqual([]);
});
