import type { Rule } from "../../../core/contract.ts";

export const rules: readonly Rule[] = [
  {
    id: "acme.isolate.body",
    severity: "info",
    basis: "assumed",
    title: "An isolation has no body",
    fix: "Send no body: the path names the device.",
    source: "fauxdr, own decision where no public source answers",
    judge: (exchanges) =>
      exchanges
        .filter(
          ({ operation, request }) => operation === "isolateAcmeDevice" && request.body.bytes > 0,
        )
        .map(({ id, request }) => ({
          exchanges: [id],
          what: `the isolation has a body of ${request.body.bytes} bytes`,
        })),
  },
];
