import type { Probe } from "../../../core/contract.ts";

export const probes: readonly Probe[] = [
  {
    id: "acme.probe.no-key",
    title: "A call without a key is refused",
    operation: "getAcmeAction",
    causes: ["unauthenticated"],
    ask: () => ({ method: "GET", path: "/acme/actions/1" }),
  },
  {
    id: "acme.probe.isolate",
    title: "A device is isolated",
    operation: "isolateAcmeDevice",
    causes: ["ok"],
    destructive: true,
    ask: ({ get, targets: [deviceId = ""] }) => ({
      method: "POST",
      path: `/acme/devices/${encodeURIComponent(deviceId)}/isolate`,
      headers: { "x-acme-key": get("ACME_KEY") },
    }),
  },
];
