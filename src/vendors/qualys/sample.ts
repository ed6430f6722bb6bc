import type { Credential, Vendor } from "../../core/vendor.ts";
import { triggers } from "./state.ts";

export const present: Vendor["present"] = ({ values }) => ({
  Authorization: `Bearer ${values["token"]}`,
});

/** A quarantine call as a curl command. */
export function sample(url: string, credential: Credential): string {
  const [agentId] = triggers.keys();
  const action = {
    eventId: agentId,
    action: "QUARANTINE_HOST",
    agentId,
    eventType: "AGENT",
    agentVersion: "7.1.0.35",
  };
  const body = {
    remediationSource: "EDR",
    user: "Jane Doe",
    userId: "jdoe",
    comment: "suspicious",
    requestTime: "2026-01-31T12:00:00.000Z",
    assetActionParameter: { assetActions: [action] },
  };
  return [
    `curl ${url}/ioc/v1/remediation-actions/quarantineHost`,
    ...Object.entries(present(credential)).map(([name, value]) => `-H '${name}: ${value}'`),
    "-H 'Content-Type: application/json'",
    `-d '${JSON.stringify(body)}'`,
  ].join(" \\\n  ");
}
