import type { Basis } from "../../src/core/basis.ts";
import type { Contract, Rule } from "../../src/core/contract.ts";
import type { Exchange } from "../../src/core/journal/journal.ts";

/** An exchange in short; what is not said is that of a good call one second after the one before it. */
export interface Step {
  readonly op?: string;
  readonly scheme?: "http" | "https";
  readonly url?: string;
  readonly body?: string;
  /** 0 where no reply went out. */
  readonly status?: number;
  readonly cause?: string;
  readonly basis?: Basis;
  readonly answer?: unknown;
  readonly retryAfter?: string;
  /** Milliseconds after the beginning of the journal. */
  readonly atMs?: number;
  readonly durationMs?: number;
  /** Milliseconds until its reply was handed to the connection. */
  readonly replyMs?: number;
  readonly fault?: Exchange["fault"];
  readonly aborted?: true;
  readonly refusal?: Exchange["refusal"];
  readonly principal?: string;
}

const START = 1_700_000_000_000;

/** A journal made by hand. */
export const journal = (...steps: readonly Step[]): Exchange[] =>
  steps.map((step, index) => {
    const { op = "strike", status = 200, refusal, fault, aborted, principal } = step;
    const body = step.body ?? "{}";
    const answer = JSON.stringify(step.answer ?? {});
    const cause = step.cause ?? refusal?.kind ?? (status >= 400 ? "failure" : "ok");
    return {
      id: index + 1,
      at: new Date(START + (step.atMs ?? index * 1000)).toISOString(),
      tenant: "default",
      vendor: "acme",
      operation: op,
      request: {
        scheme: step.scheme ?? "http",
        method: "POST",
        url: step.url ?? `/acme/${op}`,
        headers: {},
        body: { text: body, bytes: body.length },
      },
      ...(status > 0 && {
        reply: {
          status,
          cause,
          ...(step.basis && { basis: step.basis }),
          headers: step.retryAfter === undefined ? {} : { "retry-after": step.retryAfter },
          body: { text: answer, bytes: answer.length },
        },
      }),
      ...(fault && { fault }),
      ...(aborted && { aborted }),
      ...(refusal && { refusal }),
      ...(principal && { principal }),
      ...(step.replyMs !== undefined && { timings: { requestMs: 0, replyMs: step.replyMs } }),
      durationMs: step.durationMs ?? 2,
    };
  });

export const faulted = (kind: NonNullable<Exchange["fault"]>["kind"], effect = false) =>
  ({ rule: "fault-1", kind, effect }) as const;

/** An invented vendor: `strike` acts on machines, `status` reports an action, `login` returns a token. */
export const acmeContract: Contract = {
  destructive: ["strike"],
  logins: ["login"],
  progressOf: ({ operation, reply }) =>
    operation === "status" && reply?.status === 200
      ? JSON.parse(reply.body.text || "null")
      : undefined,
  createdBy: () => undefined,
  rules: [],
  cases: [],
  probes: [],
  environment: () => ({}),
};

/** Which exchanges the rules of an id name, flaw by flaw. */
export const flawsOf = (rules: readonly Rule[], id: string, exchanges: readonly Exchange[]) =>
  rules
    .filter((rule) => rule.id === id)
    .flatMap((rule) => rule.judge(exchanges).map((flaw) => [rule.severity, ...flaw.exchanges]));
