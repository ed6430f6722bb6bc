import type { ProbeValues } from "../../../core/contract.ts";

/** The first probe logs in. Its reply has the token for the others. */
export const TOKEN = "the token of the login";

export const bearer = (known: ProbeValues): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${known.get(TOKEN)}`,
});
