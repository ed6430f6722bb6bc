import { expect, it } from "vitest";
import { check } from "../../src/contract/check.ts";
import type { ContractCase } from "../../src/core/contract.ts";
import type { FaultRule } from "../../src/core/faults/fault.ts";
import type { Vendor } from "../../src/core/vendor.ts";
import { startMock } from "../../src/mock.ts";
import { createImpostors } from "../../src/testing/impostors.ts";
import { mockTarget } from "../../src/testing/mock-target.ts";
import { vendors } from "../../src/vendors/index.ts";
import { programClient } from "../support/program-client.ts";
import { leaveToAll } from "../support/programs.ts";
import { exists, read } from "../support/repository.ts";
import { faultsIn } from "../support/results.ts";
import { type Fetch, overHttp1, overHttp2 } from "../support/transports.ts";

/** A vendor's first client is written after its cases. */
const driven = vendors.filter(({ name }) => exists(`examples/${name}/client.mjs`));

/** Drives the example of a vendor through cases, over https. */
async function results(
  vendor: Vendor,
  connect: (ca: string) => () => Fetch,
  isChosen: (one: ContractCase) => boolean,
) {
  await using mock = await startMock({ tls: true });
  const { tlsUrl = "", ca = "" } = mock;
  const impostors = await createImpostors({ url: tlsUrl, ca });
  const { cases } = vendor.contract;
  return await check({
    target: mockTarget(mock, {}, impostors),
    client: programClient(read(`examples/${vendor.name}/client.mjs`), connect(ca + impostors.ca)),
    vendors: [vendor],
    isChosen: (id, wire) =>
      cases.some((one) => one.id === id && one.wireForms[0] === wire && isChosen(one)),
    limitMs: 30_000,
    jobs: 8,
    failOn: "should",
    onResult: () => {},
  });
}

const strict = (ca: string) => () => overHttp1({ options: { ca } });

/** Checks the certificate of the first call only. */
const lax = (ca: string) => (): Fetch => {
  const first = overHttp1({ options: { ca } });
  const later = overHttp1({ options: { rejectUnauthorized: false } });
  let isFirst = true;
  return (url, init) => {
    const send = isFirst ? first : later;
    isFirst = false;
    return send(url, init);
  };
};

const isCertificate = ({ impostor }: ContractCase): boolean => impostor !== undefined;

it.each(driven)(
  "a client of $name that checks certificates keeps the promises about them",
  async (vendor) => {
    const found = await results(vendor, strict, isCertificate);
    expect(faultsIn(found)).toEqual([]);
    expect(found.map(({ outcome }) => outcome)).toEqual(["pass", "pass", "pass"]);
  },
);

it.each(driven)(
  "a client of $name that checks no certificate after its first reply breaks one of them, and no other",
  async (vendor) => {
    const found = await results(vendor, lax, isCertificate);
    const broken = found.flatMap(({ findings }) =>
      findings.map(({ severity, rule }) => [severity, rule]),
    );
    expect(broken).toEqual([["must", `${vendor.name}.certificates.unknown-ca-later`]]);
  },
);

const http2 = (ca: string) => () => overHttp2({ ca });

/** Ends a connection, or a stream, without a whole reply. */
const CUTS = [
  "CONNECTION_RESET_BY_PEER",
  "EMPTY_RESPONSE",
  "truncated-body",
  "MALFORMED_RESPONSE_CHUNK",
];

const isCut = ({ settings }: ContractCase): boolean =>
  ((settings?.["faults"] ?? []) as readonly FaultRule[]).some(({ fault }) =>
    CUTS.includes(fault.kind),
  );

it.each(driven)(
  "a client of $name over HTTP/2 is found no fault with where connections end",
  async (vendor) => {
    const found = await results(vendor, http2, isCut);
    expect(faultsIn(found)).toEqual([]);
    expect(found.length).toBeGreaterThan(3);
  },
);

it.each(driven)(
  "a client of $name over HTTP/2 is found no fault with in any case",
  { timeout: 120_000 },
  async (vendor) => {
    leaveToAll("all cases over HTTP/2");
    // An impostor speaks HTTP/1.1 only, and time is not of the protocol.
    const found = await results(
      vendor,
      http2,
      (one) => !isCertificate(one) && one.limitSeconds === undefined,
    );
    expect(faultsIn(found)).toEqual([]);
    expect(
      found.flatMap(({ exchanges }) => exchanges.map(({ request }) => request.httpVersion)),
    ).not.toContain("1.1");
  },
);
