import { expect } from "vitest";
import type { ContractCase } from "../../../src/core/contract.ts";
import { cases as all } from "../../../src/vendors/qualys/cases/cases.ts";
import { type BrokenClient, describeCaseFile } from "../case-file.ts";
import { programClient } from "../program-client.ts";
import { read } from "../repository.ts";
import { sharedMock } from "../shared-mock.ts";
import { drive } from "./drive.ts";
import { FLAWS, type Flaw } from "./flaws.ts";

const EXAMPLE = read("examples/qualys/client.mjs");

/** What every broken client does besides. */
const PLAIN = ["qualys.quarantine.versioned", "qualys.poll.success"];

/** The text of the Node example with that flaw. */
const programThat = ({ changes }: Flaw): string =>
  changes.reduce((whole, [from, to]) => {
    expect(whole.split(from)).toHaveLength(2);
    return whole.replace(from, () => to);
  }, EXAMPLE);

/** Describes a file of cases, with the Node example as the client that does everything right. */
export function describeQualysCases(cases: readonly ContractCase[]): void {
  const target = sharedMock();
  const brokenBy = (flaw: Flaw): BrokenClient => {
    const { name, by, also, limitMs, stray } = flaw;
    const isCase = all.some(({ id }) => id === by);
    const own = [...(flaw.cases ?? []), ...(isCase ? [by] : [])];
    return {
      does: name,
      caughtBy: by,
      home: isCase ? by : (flaw.cases?.[0] ?? (PLAIN[0] as string)),
      endless: limitMs !== undefined,
      ...(also && { also }),
      program: () => programThat(flaw),
      drive: (client) =>
        drive(client, {
          cases: [...PLAIN, ...own],
          ...(limitMs && { limitMs }),
          ...(!stray && { target: target() }),
        }),
    };
  };

  describeCaseFile({
    cases,
    all,
    right: (isChosen) => drive(programClient(EXAMPLE), { isChosen, target: target() }),
    broken: FLAWS.map(brokenBy),
  });
}
