import type { Probe, ProbeValues } from "../../../core/contract.ts";
import { FILE, NOBODY, post, requestData, standard } from "./requests.ts";

const named = ({ targets }: ProbeValues): unknown => [
  { field: "endpoint_id_list", operator: "in", value: targets },
];

const get = (value: unknown, name: string): string => {
  const reply = (value as { reply?: Readonly<Record<string, unknown>> }).reply;
  return String(reply?.[name] ?? "");
};

/** Probes that act on endpoints. Later ones use values from the replies to earlier ones. */
export const doingProbes: readonly Probe[] = [
  {
    id: "cortex.probe.quarantine",
    title: "A quarantine is accepted, and the reply has the id of its action",
    operation: "quarantineFiles",
    causes: ["ok"],
    destructive: true,
    ask: (known) =>
      post(
        "endpoints/quarantine",
        standard(known),
        requestData({ filters: named(known), ...FILE }),
      ),
    tells: (value) => ({ "the action of the quarantine": get(value, "action_id") }),
  },
  {
    id: "cortex.probe.action-status",
    title: "The status call returns the status of each endpoint",
    operation: "getActionStatus",
    causes: ["ok"],
    destructive: true,
    ask: (known) =>
      post(
        "actions/get_action_status",
        standard(known),
        requestData({ group_action_id: Number(known.get("the action of the quarantine")) }),
      ),
  },
  {
    id: "cortex.probe.quarantine-status",
    title: "The reply says for each endpoint whether the file is in quarantine",
    operation: "getQuarantineStatus",
    causes: ["ok"],
    destructive: true,
    ask: (known) => {
      const files = known.targets.map((id) => ({ endpoint_id: id, ...FILE }));
      return post("quarantine/status", standard(known), requestData({ files }));
    },
  },
  {
    id: "cortex.probe.quarantine-nobody",
    title: "A quarantine without a known endpoint is refused",
    operation: "quarantineFiles",
    causes: ["no-target"],
    destructive: true,
    ask: (known) => {
      const filters = [{ field: "endpoint_id_list", operator: "in", value: [NOBODY] }];
      return post("endpoints/quarantine", standard(known), requestData({ filters, ...FILE }));
    },
  },
  {
    id: "cortex.probe.isolate",
    title: "An isolation is accepted, or refused because there is nothing to do",
    operation: "isolateEndpoints",
    causes: ["ok", "conflict", "no-target"],
    destructive: true,
    ask: (known) =>
      post("endpoints/isolate", standard(known), requestData({ filters: named(known) })),
  },
  {
    id: "cortex.probe.unisolate",
    title: "Ending an isolation is accepted, or refused because there is nothing to do",
    operation: "unisolateEndpoints",
    causes: ["ok", "conflict", "no-target"],
    destructive: true,
    ask: (known) =>
      post("endpoints/unisolate", standard(known), requestData({ filters: named(known) })),
  },
];
