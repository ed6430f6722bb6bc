import type { Flaw, Rule } from "../../../core/contract.ts";
import { hostActionsAmong, isObject } from "./host-actions.ts";

export const agentTooOld: Rule = {
  id: "qualys.agent.too-old",
  severity: "info",
  basis: "documented",
  title: "An action is for agents that can carry it out",
  fix: "Look at agentVersion before the call: below Windows 4.9.0 or Linux 6.0.0.0 it may never end.",
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

/** The request does not tell the platform: only what is below the lower of the two limits is sure. */
function isTooOld(version: string): boolean {
  if (!/^\d+(\.|$)/.test(version)) return false;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < 4 || (major === 4 && minor < 9);
}
