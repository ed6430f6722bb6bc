import { defineVendor, type Vendor } from "../../core/vendor.ts";
import { authenticate, claim } from "./auth.ts";
import { refuse } from "./errors.ts";
import { quarantineHost } from "./operations/quarantine.ts";
import { expiredToken, seed, triggers, users } from "./state.ts";

export const qualys: Vendor = defineVendor({
  name: "qualys",
  title: "Qualys EDR",
  spec: new URL("../../../specs/qualys/openapi.json", import.meta.url),
  claim,
  authenticate,
  operations: {
    quarantineHost,
    performQuarantineHostAction: quarantineHost,
    quarantineHostV1: quarantineHost,
    performQuarantineHostActionV1: quarantineHost,
  },
  refuse,
  seed,
  credentials: (tenant) => [
    ...tenant.store.all(users).map(({ name, password, token, standing }) => ({
      purpose: standing === "good" ? "standard user" : "no permission (403)",
      claims: [name, token],
      values: { username: name, password, token },
      secrets: [password, token],
    })),
    {
      purpose: "expired (401)",
      claims: [expiredToken(tenant)],
      values: { token: expiredToken(tenant) },
      secrets: [expiredToken(tenant)],
    },
  ],
  triggers,
  sample: (url, tenant) => {
    const [user] = tenant.store.all(users);
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
      `-H 'Authorization: Bearer ${user?.token}'`,
      "-H 'Content-Type: application/json'",
      `-d '${JSON.stringify(body)}'`,
    ].join(" \\\n  ");
  },
});
