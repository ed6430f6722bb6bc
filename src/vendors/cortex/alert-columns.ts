/** Members of an alert before those of its event, in the order of published rows. */
export const BEFORE_EVENT: readonly string[] = [
  "external_id",
  "severity",
  "matching_status",
  "end_match_attempt_ts",
  "local_insert_ts",
  "last_modified_ts",
  "bioc_indicator",
  "matching_service_rule_id",
  "attempt_counter",
  "bioc_category_enum_key",
  "is_whitelisted",
  "starred",
  "deduplicate_tokens",
  "filter_rule_id",
  "mitre_technique_id_and_name",
  "mitre_tactic_id_and_name",
  "agent_version",
  "agent_ip_addresses_v6",
  "agent_device_domain",
  "agent_fqdn",
  "agent_os_type",
  "agent_os_sub_type",
  "agent_data_collection_status",
];

const PARTS = {
  process: [
    "instance_id",
    "image_path",
    "image_name",
    "command_line",
    "signature_status",
    "signature_vendor",
    "image_sha256",
  ],
  causality: [
    "image_name",
    "command_line",
    "image_path",
    "signature_vendor",
    "signature_status",
    "causality_id",
    "execution_time",
    "image_md5",
    "image_sha256",
  ],
  created: [
    "instance_id",
    "causality_id",
    "image_name",
    "image_sha256",
    "image_command_line",
    "signature_status",
    "signature_vendor",
  ],
} as const;

const of = (prefix: string, names: readonly string[]): string[] =>
  names.map((name) => `${prefix}_${name}`);

/** Members of an alert that describe its event: the first form of alerts has them in `events`. */
export const OF_EVENT: readonly string[] = [
  "agent_install_type",
  "agent_host_boot_time",
  "event_sub_type",
  "module_id",
  "association_strength",
  "dst_association_strength",
  "story_id",
  "event_id",
  "event_type",
  "event_timestamp",
  ...of("actor_process", [...PARTS.process, "image_md5", "causality_id"]),
  "actor_causality_id",
  "actor_process_os_pid",
  "actor_thread_thread_id",
  ...of("causality_actor", PARTS.causality.map(ofCausality)),
  ...of("action_file", ["path", "name", "md5", "sha256", "macro_sha256"]),
  ...of("action_registry", ["data", "key_name", "value_name", "full_key"]),
  ...of("action", ["local_ip", "local_ip_v6", "local_port"]),
  ...of("action", ["remote_ip", "remote_ip_v6", "remote_port", "external_hostname", "country"]),
  ...of("action_process", PARTS.created),
  "os_actor_effective_username",
  ...of("os_actor_process", [...PARTS.process, "causality_id"]),
  "os_actor_causality_id",
  "os_actor_process_os_pid",
  "os_actor_thread_thread_id",
  ...of("fw", ["app_id", "interface_from", "interface_to", "rule", "rule_id", "device_name"]),
  ...of("fw", ["serial_number", "url_domain", "email_subject", "email_sender", "email_recipient"]),
  ...of("fw", ["app_subcategory", "app_category", "app_technology", "vsys", "xff", "misc"]),
  "fw_is_phishing",
  "dst_agent_id",
  "dst_causality_actor_process_execution_time",
  "dns_query_name",
  "dst_action_external_hostname",
  "dst_action_country",
  "dst_action_external_port",
  ...of("contains_featured", ["host", "user", "ip"]),
  "image_name",
  "container_id",
  "cluster_name",
  "referenced_resource",
  "operation_name",
  "identity_sub_type",
  "identity_type",
  "project",
  "cloud_provider",
  "resource_type",
  "resource_sub_type",
  "user_agent",
];

/** One name of a causality actor lacks the word `process`. */
function ofCausality(name: string): string {
  return name === "causality_id" ? name : `process_${name}`;
}

/** Members of an alert after those of its event. */
export const AFTER_EVENT: readonly string[] = [
  "is_pcap",
  "alert_type",
  "resolution_status",
  "resolution_comment",
  "dynamic_fields",
];

/** What an alert has where nothing else is known. All other members are null. */
export const USUAL: Readonly<Record<string, unknown>> = {
  is_whitelisted: false,
  starred: false,
  is_pcap: false,
  attempt_counter: 0,
  alert_type: "Unclassified",
  resolution_status: "STATUS_010_NEW",
  actor_process_signature_status: "N/A",
  causality_actor_process_signature_status: "N/A",
  action_process_signature_status: "N/A",
  os_actor_process_signature_status: "N/A",
  fw_is_phishing: "N/A",
  action_country: "UNKNOWN",
  contains_featured_host: "NO",
  contains_featured_user: "NO",
  contains_featured_ip: "NO",
};
