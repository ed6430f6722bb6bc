import type { Contract, GivenCredential } from "../../core/contract.ts";
import { cases } from "./cases/cases.ts";
import { aimOf, createdBy, progressOf } from "./follow.ts";
import { probes } from "./probes/probes.ts";
import { rules } from "./rules/rules.ts";

/** Of a client that is to be refused at its login; no tenant owns it, so it is made here. */
const WRONG_PASSWORD = "wrong password (401)";

/** What the contract kit knows of the vendor. What a client is told to do is `Input` in cases/world.ts. */
export const contract: Contract = {
  destructive: [
    "quarantineHost",
    "performQuarantineHostAction",
    "quarantineHostV1",
    "performQuarantineHostActionV1",
    "performAction",
    "performActionV1",
  ],
  sameAs: [
    [
      "quarantineHost",
      "performQuarantineHostAction",
      "quarantineHostV1",
      "performQuarantineHostActionV1",
    ],
    ["getRemediation", "getRemediationV1"],
    ["login", "loginOidc", "loginOAuth"],
  ],
  traits: [
    { id: "waits", title: "follows an action to its end", usual: true },
    { id: "logs-in", title: "logs in with user name and password", usual: true },
  ],
  logins: ["login", "loginOidc", "loginOAuth"],
  aimOf,
  progressOf,
  createdBy,
  rules,
  cases,
  probes,
  environment: (url, credentials, purpose = "standard user") => {
    const of = (wanted: string): GivenCredential["values"] =>
      credentials.find((one) => one.purpose === wanted)?.values ?? {};
    // Whose token has expired still has a password, and one whose password is wrong has no better token.
    const stale = { ...of("standard user"), ...of("expired (401)") };
    const values: GivenCredential["values"] =
      purpose === "expired (401)"
        ? stale
        : purpose === WRONG_PASSWORD
          ? { ...stale, password: "not-the-password" }
          : of(purpose);
    const { username = "", password = "", token = "" } = values;
    return {
      QUALYS_URL: url,
      QUALYS_USERNAME: username,
      QUALYS_PASSWORD: password,
      QUALYS_TOKEN: token,
    };
  },
};
