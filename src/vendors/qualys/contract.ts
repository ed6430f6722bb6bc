import type { Contract, GivenCredential } from "../../core/contract.ts";
import { cases } from "./cases/cases.ts";
import { aimOf, createdBy, progressOf } from "./follow.ts";
import { probes } from "./probes/probes.ts";
import { rules } from "./rules/rules.ts";

/** The purpose of credentials that are rejected at the login. They are made here, because no tenant has them. */
const WRONG_PASSWORD = "wrong password (401)";

/**
 * What the contract kit knows about the vendor. `Input` in cases/world.ts is a client's task, and
 * `EventInput` in cases/event-world.ts that of a client that begins with events.
 */
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
    ["listEvents", "listEventsV1", "searchEventsAfter", "searchEventsAfterV1"],
  ],
  traits: [
    { id: "waits", title: "follows an action to its end", usual: true },
    {
      id: "reads-events",
      title: "acts on the hosts of recent events, where FAUXDR_OPERATION is listEvents",
      usual: false,
    },
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
    // A user with an expired token has a valid password. With a wrong password, the token is an expired one.
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
