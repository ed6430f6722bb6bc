import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { CLOCK } from "../../support/cortex.ts";
import { cortexClient } from "../../support/cortex-client.ts";

type Row = Readonly<Record<string, unknown>>;

const MD5 = "5eb63fb92d72bc703c3d81b2c133d713";
const SHA256 = "a54d6aa2d0bc4e37f06789125f5d732e822da3f0dd2b482c851c8ee5ae8ee8ad";
const ENDPOINT = "855f982e857f2442c287904b90b46a67";
const DEFAULT_USER = "The user domain\\username enabled a default account";
const ALWAYS = {
  action_country: ["UNKNOWN"],
  action_process_signature_status: ["N/A"],
  alert_type: "Unclassified",
  attempt_counter: 0,
  contains_featured_host: ["NO"],
  contains_featured_ip: ["NO"],
  contains_featured_user: ["NO"],
  fw_is_phishing: ["N/A"],
  is_pcap: false,
  is_whitelisted: false,
  resolution_status: "STATUS_010_NEW",
  severity: "low",
};

const process = (name: string): Row => ({
  [`${name}_process_command_line`]: ["tool --quiet"],
  [`${name}_process_image_name`]: ["tool.exe"],
  [`${name}_process_image_sha256`]: [SHA256],
  [`${name}_process_signature_status`]: ["Signed"],
  [`${name}_process_signature_vendor`]: ["A vendor"],
});

const OF_A_HOST: Row = {
  ...ALWAYS,
  ...process("actor"),
  ...process("causality_actor"),
  ...process("os_actor"),
  action: "DETECTED",
  action_local_ip: ["67.43.156.0"],
  action_local_ip_v6: ["2a02:cf40::"],
  action_pretty: "Detected",
  actor_causality_id: ["AdkoB"],
  actor_process_causality_id: ["AdkoC"],
  actor_process_image_md5: [MD5],
  actor_process_image_path: ["C:\\tool.exe"],
  actor_process_instance_id: ["AdkoD"],
  actor_process_os_pid: [996],
  actor_thread_thread_id: [7452],
  agent_host_boot_time: [1669128165772],
  agent_install_type: "STANDARD",
  agent_is_vdi: false,
  agent_os_sub_type: "10.0.19044",
  agent_os_type: "Windows",
  agent_version: "7.8.0.1",
  alert_id: "1",
  association_strength: [50],
  category: "Malware",
  causality_actor_causality_id: ["AdkoE"],
  causality_actor_process_execution_time: [1669528171295],
  causality_actor_process_image_md5: [MD5],
  causality_actor_process_image_path: ["C:\\tool.exe"],
  description: `${DEFAULT_USER}. The default account enabled: domain\\username`,
  detection_timestamp: 1569159363318,
  dst_agent_id: ["AdkoF"],
  endpoint_id: ENDPOINT,
  event_id: ["2"],
  event_sub_type: [1],
  event_timestamp: [1662199363118],
  event_type: ["Process Execution"],
  external_id: "213141efab31231abcdef2323190864",
  host_ip: ["192.168.2.2"],
  host_name: "test4567",
  local_insert_ts: 1673372647792,
  matching_service_rule_id: "17",
  matching_status: "MATCHED",
  mitre_tactic_id_and_name: ["TA0005 - Defense Evasion"],
  mitre_technique_id_and_name: ["T1089 - Disabling Security Tools"],
  name: "A user enabled the Windows DefaultAccount",
  original_tags: ["EG:k8s agents", "EG:windows", "ET:DESKTOP-FCCIPAN"],
  os_actor_process_causality_id: ["AdkoG"],
  os_actor_process_image_path: ["C:\\tool.exe"],
  os_actor_process_instance_id: ["AdkoH"],
  os_actor_process_os_pid: [996],
  os_actor_thread_thread_id: [7205],
  starred: true,
  tags: ["ET:DESKTOP-FCCIPAN", "EG:k8s agents", "EG:windows"],
  user_name: ["alice\\example"],
};

/**
 * elastic/integrations, packages/panw_cortex_xdr, data_stream/alerts/_dev/test/pipeline/test-panw-xdr-v2.log: the three
 * published rows, without members that are null. What was replaced by a placeholder there has an invented value here.
 */
const RECORDED: readonly {
  readonly does: string;
  readonly row: Row;
  /** Members that differ from ours, with our value. */
  readonly differs?: Row;
}[] = [
  { does: "of a process on a host", row: OF_A_HOST },
  {
    does: "of a process on a host that called three others",
    row: {
      ...OF_A_HOST,
      alert_id: "2",
      action_local_ip: ["89.160.20.128"],
      action_local_port: [8080],
      action_remote_ip: ["1.128.0.0", "67.43.156.0", "89.160.20.128"],
      action_remote_port: [9099],
      event_timestamp: [1562199363118],
      user_name: ["bob@example.com"],
    },
    // An alert has one event here.
    differs: { action_remote_ip: ["1.128.0.0,67.43.156.0,89.160.20.128"] },
  },
  {
    does: "of another vendor's firewall, without a host",
    row: {
      ...ALWAYS,
      action: "REPORTED",
      action_local_ip: ["127.0.0.1"],
      action_local_ip_v6: ["2a02:cf40::"],
      action_local_port: [8080],
      action_pretty: "Detected (Reported)",
      action_remote_ip: ["0.0.0.0"],
      action_remote_ip_v6: ["2a02:cf40::"],
      action_remote_port: [80],
      actor_process_signature_status: ["N/A"],
      agent_install_type: "NA",
      agent_os_type: "NO_HOST",
      alert_id: "2",
      causality_actor_process_signature_status: ["N/A"],
      deduplicate_tokens: "461f99cdc7384158871fdd09b15eab03,d802719b3ce44eee880eaf8b5b0fd0e6",
      description: "Alert Description 1",
      detection_timestamp: 1739784711000,
      event_type: ["Network Event"],
      external_id: "213141efab31231abcdef2323190863",
      filter_rule_id: 0,
      local_insert_ts: 1739791249619,
      matching_status: "UNMATCHABLE",
      name: "Alert Name Example 1",
      original_tags: ["DS:Test vendor-1/VPN & Firewall-1"],
      os_actor_process_signature_status: ["N/A"],
      source: "Test vendor-1 - VPN & Firewall-1",
      starred: false,
      tags: ["DS:Test vendor-1/VPN & Firewall-1"],
    },
  },
];

/** Members that are published as null, and that a new alert has a value for. */
const NULLS = { category: null, source: null, event_timestamp: null };

/** A row as the details of an incident show it: lists are joined. */
const flat = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      Array.isArray(value) ? (value.length > 1 ? value.join(",") : value[0]) : value,
    ]),
  );

describe("a published alert that is put into a tenant", () => {
  it.each(RECORDED)("has the published values in version 2: $does", async ({ row, differs }) => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    await mock.inventory.put("cortex", "alerts", { ...NULLS, ...flat(row) });
    const { text } = await cortexClient(mock).send(
      "/public_api/v2/alerts/get_alerts_multi_events",
      {
        body: JSON.stringify({
          request_data: {
            filters: [{ field: "alert_id_list", operator: "in", value: [Number(row["alert_id"])] }],
          },
        }),
      },
    );
    const [ours] = JSON.parse(text).reply.alerts as [Row];
    const shown = Object.entries(ours).filter(([, value]) => value !== null);
    const order = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
    expect(shown.toSorted(order)).toEqual(Object.entries({ ...row, ...differs }).toSorted(order));
  });
});
