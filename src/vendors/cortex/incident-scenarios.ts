import type { Scenario } from "../../core/scenario.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type Incident, incidents } from "./incidents.ts";
import { type AlertSeed, addIncident, type IncidentSeed } from "./seed-incidents.ts";

/** Two full pages and a short one. */
const MANY = 245;

/** Endpoints with malware in the incidents of the inventory and of scenarios. */
export const INCIDENTS = {
  ana: "7d5f4c38e557885ddf695c85fd6e1424",
  bruno: "35d6e417090dbe4cdecea9d8895286c2",
  /** In the newest and the oldest of many incidents. */
  newest: "821845a2ff1859c9be6a5b708ace61b8",
  oldest: "77cf07238bbddc695c215cdb587825a0",
} as const;

/** Numbers of the incidents of scenarios. */
const FIRST_OF_MANY = 1001;
const ODD = 2001;

const ALERT: Omit<AlertSeed, "number"> = {
  severity: "low",
  source: "XDR BIOC",
  endpoint: INCIDENTS.ana,
  row: {
    name: "Suspicious process",
    category: "Execution",
    description: "A process that nobody knows",
    action: "DETECTED",
    user_name: "CORP\\ana",
    event_type: "Process Execution",
  },
};

/** The newest and the oldest of many incidents have a malicious file. */
function alertOf(index: number): Omit<AlertSeed, "number"> {
  if (index > 0 && index < MANY - 1) return ALERT;
  const path = "C:\\Users\\Public\\update.exe";
  return {
    ...ALERT,
    severity: "high",
    source: "XDR Agent",
    endpoint: index === 0 ? INCIDENTS.oldest : INCIDENTS.newest,
    row: {
      ...ALERT.row,
      name: "Local Analysis Malware",
      category: "Malware",
      actor_process_image_name: "update.exe",
      actor_process_image_path: path,
      actor_process_image_sha256: "badf00d".padEnd(64, "0"),
    },
  };
}

const HASH = "c0ffee".padEnd(64, "0");

/** Incidents as some tenants have them, which break clients that expect more. */
const odd: readonly IncidentSeed[] = [
  {
    number: ODD,
    status: "new",
    minutesAgo: 5,
    own: {
      severity: "high",
      hosts: null,
      mitre_tactics_ids_and_names: null,
      description: "An incident without a host",
    },
    alerts: [],
  },
  {
    number: ODD + 1,
    status: "new",
    minutesAgo: 4,
    own: {
      severity: "high",
      hosts: ["lab-07"],
      host_count: 1,
      description: "A host without an id",
    },
    alerts: [],
  },
  {
    number: ODD + 2,
    status: "new",
    minutesAgo: 3,
    own: {},
    files: [
      {
        type: "HASH",
        alert_count: 1,
        is_manual: false,
        is_malicious: true,
        is_process: false,
        file_name: "unknown.bin",
        file_sha256: HASH,
        file_signature_status: "SIGNATURE_UNAVAILABLE",
        file_signature_vendor_name: null,
        file_wildfire_verdict: "MALWARE",
        low_confidence: false,
      },
    ],
    alerts: [
      {
        number: ODD,
        severity: "high",
        source: "XDR Analytics",
        endpoint: INCIDENTS.ana,
        row: {
          name: "A file that no alert has a path of",
          category: "Malware",
          description: "The hash is known, the path is not",
          action: "DETECTED",
          user_name: null,
          event_type: "File Event",
        },
      },
    ],
  },
];

function changeNewest(changes: Partial<Incident>, { store }: Tenant): void {
  const newest = store.all(incidents).toSorted((a, b) => b.created - a.created)[0];
  if (newest) store.put(incidents, { ...newest, ...changes });
}

export const incidentScenarios: readonly Scenario[] = [
  {
    name: "many-incidents",
    description: `${MANY} more incidents, one a minute; the newest and the oldest have a malicious file`,
    prepare: (tenant) => {
      for (let index = 0; index < MANY; index++) {
        const number = FIRST_OF_MANY + index;
        const alerts = [{ ...alertOf(index), number: 3001 + index }];
        addIncident({ number, status: "new", minutesAgo: MANY - index, own: {}, alerts }, tenant);
      }
    },
  },
  {
    name: "odd-incidents",
    description:
      "three more incidents: one without hosts (null), one whose host has no id, one with a file that no alert has a path of",
    prepare: (tenant) => {
      for (const seed of odd) addIncident(seed, tenant);
    },
  },
  {
    name: "resolved-meanwhile",
    description: "somebody resolves the newest incident when its details are first read",
    prepare: (tenant) => changeNewest({ meanwhile: "resolved_other" }, tenant),
  },
  {
    name: "resolved-afterwards",
    description: "somebody resolves the newest incident right after its details were first read",
    prepare: (tenant) => changeNewest({ afterwards: "resolved_other" }, tenant),
  },
];
