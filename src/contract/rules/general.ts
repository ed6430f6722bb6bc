import type { Contract, Rule } from "../../core/contract.ts";
import { credentials } from "./credentials.ts";
import { doubled } from "./doubled.ts";
import { earlyRetry } from "./early-retry.ts";
import { freshLogin } from "./fresh-login.ts";
import { hopelessRetry } from "./hopeless-retry.ts";
import { ignoredMember } from "./ignored-member.ts";
import { leftEarly } from "./left-early.ts";
import { offDocument } from "./off-document.ts";
import { offSpec } from "./off-spec.ts";
import { pollingRules } from "./polling.ts";
import { redirected, redirectedLogin } from "./redirected.ts";
import { secretExposed } from "./secret-exposed.ts";
import { slashDrift } from "./slash-drift.ts";
import { storm } from "./storm.ts";
import { tlsOff } from "./tls-off.ts";
import { twice } from "./twice.ts";
import { unknownAction } from "./unknown-action.ts";
import { unknownPath } from "./unknown-path.ts";
import { unserved } from "./unserved.ts";
import { upstreamDrift, upstreamHeldBack } from "./upstream.ts";

/** The rules for every vendor. Its contract tells them what its operations are for. */
export const generalRules = (contract: Contract): readonly Rule[] => [
  offSpec,
  ignoredMember,
  offDocument,
  unserved,
  unknownPath,
  ...credentials(contract),
  secretExposed(contract),
  redirected,
  slashDrift,
  tlsOff,
  hopelessRetry(contract),
  earlyRetry,
  storm,
  ...twice(contract),
  doubled(contract),
  ...pollingRules(contract),
  leftEarly(contract),
  upstreamDrift,
  upstreamHeldBack,
  unknownAction,
  ...(contract.logins.length > 0 ? [freshLogin(contract), redirectedLogin(contract)] : []),
];
