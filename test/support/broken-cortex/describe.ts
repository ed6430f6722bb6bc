import type { Profile } from "../../../src/contract/traits.ts";
import type { ContractCase } from "../../../src/core/contract.ts";
import { contract } from "../../../src/vendors/cortex/contract.ts";
import { type BrokenClient, describeCaseFile } from "../case-file.ts";
import { runCases } from "../cortex-contract.ts";
import { programClient } from "../program-client.ts";
import { read } from "../repository.ts";
import { sharedMock } from "../shared-mock.ts";
import { FLAWS, type Flaw, programThat } from "./flaws.ts";

/** The flaws are small: in the plain case they do not show. */
const PLAIN = "cortex.quarantine.two";

interface Right {
  readonly program?: string;
  readonly profile?: Profile;
}

/** Describes a file of cases, with the Node example as the client that does everything right. */
export function describeCortexCases(
  cases: readonly ContractCase[],
  { program = read("examples/cortex/client.mjs"), profile = { signs: false } }: Right = {},
): void {
  const target = sharedMock();

  const brokenBy = (flaw: Flaw): BrokenClient => {
    const { does, caughtBy, in: home = caughtBy, as = "must", also, limitMs = 10_000 } = flaw;
    const { stray, signs = false } = flaw;
    return {
      does,
      caughtBy,
      as,
      home: home.endsWith(".") ? caughtBy : home,
      endless: flaw.limitMs !== undefined,
      ...(also && { also }),
      program: () => programThat(flaw),
      drive: (client) =>
        runCases({
          client,
          profile: { signs },
          ...(!stray && { target: target() }),
          isChosen: (id, wire) =>
            (home.endsWith(".") ? id.startsWith(home) : id === home) ||
            (id === PLAIN && wire === "document"),
          limitMs,
        }),
    };
  };

  describeCaseFile({
    cases,
    all: contract.cases,
    right: (isChosen) =>
      runCases({ client: programClient(program), isChosen, profile, target: target() }),
    broken: FLAWS.map(brokenBy),
  });
}
