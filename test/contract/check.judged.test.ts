import { expect, it } from "vitest";
import { check } from "../../src/contract/check.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";
import type { WireForm } from "../../src/core/tenant.ts";
import type { Vendor } from "../../src/core/vendor.ts";
import { startMock } from "../../src/mock.ts";
import { mockTarget } from "../../src/testing/mock-target.ts";
import { vendors } from "../../src/vendors/index.ts";
import { judgingProxy } from "../support/judging-proxy.ts";
import { programClient } from "../support/program-client.ts";
import { isAll } from "../support/programs.ts";
import { exists, read } from "../support/repository.ts";

/** `npm test` takes each sixth case, in one wire form: the validator compiles a schema for each operation. */
const chosen = ({ contract: { cases } }: Vendor, id: string, wire: WireForm): boolean =>
  wire === "document" && cases.findIndex((one) => one.id === id) % 6 === 0;

/** A vendor's first client is written after its cases. */
const driven = vendors.filter(({ name }) => exists(`examples/${name}/client.mjs`));

it("cortex and qualys have a client to drive", () => {
  expect(driven.map(({ name }) => name)).toEqual(expect.arrayContaining(["cortex", "qualys"]));
});

it.each(driven)(
  "express-openapi-validator agrees with every call of the $name cases, and with every reply without a fault",
  async (vendor) => {
    const exchanges: Exchange[] = [];
    await using mock = await startMock({
      journalShows: "all",
      onExchange: (exchange) => exchanges.push(exchange),
    });
    const { url, judged } = await judgingProxy(vendor.name, mock.port);
    const results = await check({
      target: { ...mockTarget(mock), url },
      client: programClient(read(`examples/${vendor.name}/client.mjs`)),
      vendors: [vendor],
      // The proxy does not notice a client that has given up.
      isChosen: (id, wire) => !id.includes(".hangs") && (isAll || chosen(vendor, id, wire)),
      limitMs: 20_000,
      jobs: 12,
      failOn: "should",
      onResult: () => {},
    });
    expect(
      results
        .filter(({ outcome }) => outcome !== "pass" && outcome !== "skipped")
        .map(({ id }) => id),
    ).toEqual([]);
    const calls = await judged();
    expect(calls.length).toBeGreaterThan(results.length);
    const byNumber = new Map(
      exchanges.map((exchange) => [Number(exchange.request.headers["x-judged"]), exchange]),
    );
    // What a fault makes of a reply is meant to be off the document.
    const isStruck = (number: number): boolean => byNumber.get(number)?.fault !== undefined;
    const wrong = calls.filter(
      ({ number, request, reply }) => request !== undefined || (reply && !isStruck(number)),
    );
    expect(wrong).toEqual([]);
  },
);
