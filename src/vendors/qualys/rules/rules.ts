import type { Rule } from "../../../core/contract.ts";
import { agentTooOld } from "./agent-too-old.ts";
import { commentBlank } from "./comment-blank.ts";
import { cursorUnused } from "./cursor-unused.ts";
import { eachHost } from "./each-host.ts";
import { loginAgain } from "./login-again.ts";
import { pastTheEnd } from "./past-the-end.ts";
import { rateTooSoon } from "./rate-too-soon.ts";
import { requestTime } from "./request-time.ts";
import { tokenField } from "./token-field.ts";
import { unknownParameter } from "./unknown-parameter.ts";
import { userInBothPlaces } from "./user-in-both-places.ts";
import { wholeDays } from "./whole-days.ts";

/** Rules for documented requirements that the server does not enforce. */
export const rules: readonly Rule[] = [
  tokenField,
  loginAgain,
  rateTooSoon,
  commentBlank,
  userInBothPlaces,
  unknownParameter,
  requestTime,
  agentTooOld,
  eachHost,
  wholeDays,
  pastTheEnd,
  cursorUnused,
];
