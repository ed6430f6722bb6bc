import { expect, it } from "vitest";
import { remembering } from "../../src/contract/remember.ts";
import type { Contract } from "../../src/core/contract.ts";
import { atOnce } from "../../src/core/in-turns.ts";
import { acmeContract, journal } from "../support/journals.ts";

it("a contract is asked about each exchange once", () => {
  const exchanges = journal({}, {});
  const asked: string[] = [];
  const contract: Contract = {
    ...acmeContract,
    progressOf: ({ id }) => void asked.push(`progress ${id}`),
    createdBy: ({ id }) => {
      asked.push(`created ${id}`);
      return `action ${id}`;
    },
  };
  const remembered = atOnce(remembering(contract, exchanges));
  expect(asked).toEqual(["progress 1", "created 1", "progress 2", "created 2"]);
  for (let time = 0; time < 2; time++) {
    expect(exchanges.map(remembered.createdBy)).toEqual(["action 1", "action 2"]);
    expect(exchanges.map(remembered.progressOf)).toEqual([undefined, undefined]);
  }
  expect(asked).toHaveLength(4);
});

it("its other members are the contract's own, and are not read before they are asked for", () => {
  const contract = {
    ...acmeContract,
    get cases(): never {
      throw new Error("too early");
    },
  };
  const remembered = atOnce(remembering(contract, journal({})));
  expect(remembered.logins).toBe(contract.logins);
  expect(remembered.aimOf).toBe(contract.aimOf);
});

it("an exchange that it cannot read fails when a rule asks about it", () => {
  const contract: Contract = {
    ...acmeContract,
    createdBy: () => {
      throw new Error("unreadable");
    },
  };
  const exchanges = journal({});
  const remembered = atOnce(remembering(contract, exchanges));
  expect(() => exchanges.map(remembered.createdBy)).toThrow("unreadable");
});
