import { isoTime } from "../../../core/clock.ts";
import type { Probe, ProbeRequest } from "../../../core/contract.ts";
import { bearer, TOKEN } from "./bearer.ts";
import { eventProbes } from "./events.ts";

const read = (path: string): Probe["ask"] => {
  return (known) => ({ method: "GET", path, headers: bearer(known) });
};

const login = (username: string, password: string): ProbeRequest => ({
  method: "POST",
  path: "/auth",
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: String(new URLSearchParams({ username, password, token: "true", permissions: "true" })),
});

const NOBODY = "00000000-0000-4000-8000-000000000000";
const EVENTS = "/ioc/events?pageNumber=0&pageSize=2";

const READING: readonly Probe[] = [
  {
    id: "qualys.probe.login",
    title: "A login gets a 201 with the token as plain text",
    operation: "login",
    causes: ["ok"],
    ask: ({ get }) => login(get("QUALYS_USERNAME"), get("QUALYS_PASSWORD")),
    tells: (text) => ({ [TOKEN]: String(text) }),
  },
  {
    id: "qualys.probe.wrong-password",
    title: "A login with a wrong password is refused",
    operation: "login",
    causes: ["unauthenticated"],
    ask: ({ get }) => login(get("QUALYS_USERNAME"), "fauxdr-probe-no-password"),
  },
  {
    id: "qualys.probe.no-token",
    title: "A call without a token is refused",
    operation: "countAssets",
    causes: ["unauthenticated"],
    ask: () => ({ method: "GET", path: "/ioc/asset/count" }),
  },
  {
    id: "qualys.probe.garbage-token",
    title: "A call with an invalid token is refused",
    operation: "countAssets",
    causes: ["unauthenticated"],
    ask: () => ({
      method: "GET",
      path: "/ioc/asset/count",
      headers: { authorization: "Bearer fauxdr-probe-no-token" },
    }),
  },
  {
    id: "qualys.probe.events",
    title: "Events are listed",
    operation: "listEvents",
    causes: ["ok"],
    ask: read(EVENTS),
  },
  {
    id: "qualys.probe.events-v1",
    title: "Events are listed by version 1",
    operation: "listEventsV1",
    causes: ["ok"],
    ask: read(EVENTS.replace("/ioc/", "/ioc/v1/")),
  },
  {
    id: "qualys.probe.count-events",
    title: "Events are counted",
    operation: "countEvents",
    causes: ["ok"],
    ask: read("/ioc/events/count"),
  },
  {
    id: "qualys.probe.assets",
    title: "Assets are listed",
    operation: "listAssets",
    causes: ["ok"],
    ask: read("/ioc/asset/all?pageNumber=0&pageSize=2"),
  },
  {
    id: "qualys.probe.count-assets",
    title: "Assets are counted",
    operation: "countAssets",
    causes: ["ok"],
    ask: read("/ioc/asset/count"),
  },
  {
    id: "qualys.probe.unknown-event",
    title: "An unknown event is refused",
    operation: "getEvent",
    causes: ["not-found"],
    ask: read(`/ioc/events/${NOBODY}/RTF_${NOBODY}`),
  },
  {
    id: "qualys.probe.unknown-remediation",
    title: "An unknown remediation is refused",
    operation: "getRemediation",
    causes: ["not-found"],
    ask: read(`/ioc/remediation-actions/activityLog/RTP_${NOBODY}_1-2026_${NOBODY}`),
  },
  {
    id: "qualys.probe.unknown-path",
    title: "An unknown path is refused",
    causes: ["no-operation"],
    ask: read("/ioc/fauxdr/probe"),
  },
];

/** All published paths, because no public source says which of them exist. */
const PATHS: readonly (readonly [operation: string, path: string])[] = [
  ["quarantineHost", "/ioc/remediation-actions/quarantineHost"],
  ["performQuarantineHostAction", "/ioc/remediation-actions/performQuarantineHostAction"],
  ["quarantineHostV1", "/ioc/v1/remediation-actions/quarantineHost"],
  ["performQuarantineHostActionV1", "/ioc/v1/remediation-actions/performQuarantineHostAction"],
];

function hostAction(path: string, action: string): Probe["ask"] {
  return (known) => {
    const { targets, now } = known;
    const assetActions = targets.map((agentId) => ({
      eventId: agentId,
      action,
      agentId,
      eventType: "AGENT",
      agentVersion: "7.1.0.35",
    }));
    return {
      method: "POST",
      path,
      headers: { ...bearer(known), "content-type": "application/json" },
      body: JSON.stringify({
        remediationSource: "EDR",
        user: known.get("QUALYS_USERNAME"),
        userId: known.get("QUALYS_USERNAME"),
        comment: "fauxdr verify",
        requestTime: isoTime(now),
        assetActionParameter: { assetActions },
      }),
    };
  };
}

const DOING: readonly Probe[] = PATHS.map(([operation, path], index) => ({
  id: `qualys.probe.${operation}`,
  title: `A host action is queued by ${path}`,
  operation,
  causes: ["ok"],
  destructive: true,
  // The last one ends the quarantine.
  ask: hostAction(path, index < PATHS.length - 1 ? "QUARANTINE_HOST" : "UNQUARANTINE_HOST"),
}));

export const probes: readonly Probe[] = [...READING, ...eventProbes, ...DOING];
