import type { ContractCase } from "../../../core/contract.ts";

export const cases: readonly ContractCase[] = [
  {
    id: "acme.isolate.one",
    title: "A device is isolated by one call",
    basis: "assumed",
    source: "fauxdr, own decision where no public source answers",
    severity: "must",
    wireForms: ["document", "recorded"],
    operation: "isolateAcmeDevice",
    input: { deviceId: "laptop" },
    outcomes: ["accepted", "completed"],
    wire: [{ operation: "isolateAcmeDevice", times: 1 }],
  },
];
