import type { Contract } from "../../core/contract.ts";
import type { Exchange } from "../../core/journal/journal.ts";
import { cases } from "./cases/cases.ts";
import { probes } from "./probes/probes.ts";
import { rules } from "./rules/rules.ts";

/** What the contract kit knows about the vendor. A client's input has one member, `deviceId`. */
export const contract: Contract = {
  destructive: ["isolateAcmeDevice"],
  logins: [],
  progressOf: (exchange) => {
    if (exchange.operation !== "getAcmeAction") return undefined;
    const { actionId, state } = replyOf(exchange);
    if (typeof actionId !== "string") return undefined;
    return { action: actionId, ended: state !== "pending" && state !== "running" };
  },
  createdBy: (exchange) => {
    if (exchange.operation !== "isolateAcmeDevice") return undefined;
    const { actionId } = replyOf(exchange);
    return typeof actionId === "string" ? actionId : undefined;
  },
  rules,
  cases,
  probes,
  environment: (url, credentials, purpose = "standard key") => ({
    ACME_URL: url,
    ACME_KEY: credentials.find((one) => one.purpose === purpose)?.values["key"] ?? "",
  }),
};

/** The action in a reply. Empty if the reply has none, or if a fault has broken it. */
function replyOf({ reply }: Exchange): { readonly actionId?: unknown; readonly state?: unknown } {
  if (reply?.status !== 200) return {};
  try {
    return Object(JSON.parse(reply.body.text));
  } catch {
    return {};
  }
}
