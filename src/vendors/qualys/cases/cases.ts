import type { ContractCase } from "../../../core/contract.ts";
import { certificates } from "./certificates.ts";
import { changedReplies } from "./changed-replies.ts";
import { eventCases } from "./events.ts";
import { lostReplies } from "./lost-replies.ts";
import { polling } from "./polling.ts";
import { quarantine } from "./quarantine.ts";
import { rateLimits } from "./rate-limits.ts";
import { refusals } from "./refusals.ts";
import { tokens } from "./tokens.ts";
import { troubledPolls } from "./troubled-polls.ts";

/** All cases. */
export const cases: readonly ContractCase[] = [
  ...quarantine,
  ...refusals,
  ...tokens,
  ...polling,
  ...troubledPolls,
  ...changedReplies,
  ...rateLimits,
  ...lostReplies,
  ...certificates,
  ...eventCases,
];
