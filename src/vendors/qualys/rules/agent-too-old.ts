import type { Flaw, Rule } from "../../../core/contract.ts";
import { isObject } from "../../../core/json/is-object.ts";
import { hostActionsAmong } from "./host-actions.ts";

export const agentTooOld: Rule = {
  id: "qualys.agent.too-old",
  severity: "info",
  basis: "documented",
  title: "An action names only agents that support it",
  fix: "Check agentVersion before the call: below Windows 4.9.0 or Linux 6.0.0.0 the action may never end.",
  source: "Qualys EDR API, Perform Quarantine/UnQuarantine Host Action on Asset, Prerequisites",
  judge: (exchanges) =>
    hostActionsAmong(exchanges).flatMap(({ exchange, body }): Flaw[] => {
      const { assetActionParameter: parameter } = body;
      const actions = isObject(parameter) ? parameter["assetActions"] : undefined;
      const versions = (Array.isArray(actions) ? actions : []).flatMap((action) =>
        isObject(action) ? [String(action["agentVersion"])] : [],
      );
      const old = [...new Set(versions)].filter(isTooOld);
      if (old.length === 0) return [];
      const what = `agentVersion ${old.join(", ")} is too old on every platform`;
      return [{ exchanges: [exchange.id], what }];
    }),
};

/** The request does not contain the platform, so only versions below the lower of the two limits are certain. */
function isTooOld(version: string): boolean {
  if (!/^\d+(\.|$)/.test(version)) return false;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < 4 || (major === 4 && minor < 9);
}
