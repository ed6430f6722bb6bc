import { expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { mockTarget } from "../../../src/testing/mock-target.ts";
import { drive } from "../../support/broken-qualys/drive.ts";
import { programClient } from "../../support/program-client.ts";
import { read } from "../../support/repository.ts";
import { changed } from "../../support/signing.ts";
import { overHttp1 } from "../../support/transports.ts";

const EXAMPLE = read("examples/qualys/client.mjs");

const IN_THE_CLEAR = changed(
  EXAMPLE,
  "await fetch(QUALYS_URL + path, init)",
  'await fetch((path === "/auth" ? process.env.FAUXDR_URL : QUALYS_URL) + path, init)',
);

it.each([
  ["uses https for every call", EXAMPLE, []],
  ["sends its password over http", IN_THE_CLEAR, ["must tls.off"]],
])("a client that %s has these findings", async (_, program, findings) => {
  await using mock = await startMock({ tls: true });
  const results = await drive(
    programClient(program, () => overHttp1({ options: { ca: mock.ca } })),
    { cases: ["qualys.quarantine.versioned"], target: mockTarget(mock) },
  );
  expect(
    results.flatMap((one) => one.findings.map(({ severity, rule }) => `${severity} ${rule}`)),
  ).toEqual(findings);
});
