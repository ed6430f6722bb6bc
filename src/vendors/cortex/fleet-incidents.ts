import type { Faker } from "../../core/faker.ts";
import type { AlertSeed, IncidentSeed } from "./seed-incidents.ts";
import type { Endpoint } from "./state.ts";

/** Machines for each incident of a fleet. */
const MACHINES = 50;
/** Numbers of a fleet's incidents and alerts begin after those of the fixtures and scenarios. */
const FIRST = 10_000;
/** Generated incidents are up to 30 days old. */
const OLDEST_MINUTES = 43_200;
const MOST_ALERTS = 3;

const KINDS = [
  { name: "WildFire Malware", category: "Malware", source: "XDR Agent" },
  { name: "Local Analysis Malware", category: "Malware", source: "XDR Agent" },
  { name: "Behavioral Threat", category: "Malware", source: "XDR Agent" },
  { name: "Suspicious process", category: "Execution", source: "XDR BIOC" },
] as const;

const STATUSES = [
  "new",
  "new",
  "under_investigation",
  "resolved_true_positive",
  "resolved_false_positive",
] as const;

/** Generates incidents for machines of a fleet, numbered after those of the `from` earlier machines. */
export function incidentsOn(
  faker: Faker,
  machines: readonly Endpoint[],
  from: number,
): readonly IncidentSeed[] {
  const first = Math.ceil(from / MACHINES);
  const count = Math.ceil((from + machines.length) / MACHINES) - first;
  return Array.from({ length: count }, (_, index) => {
    const number = FIRST + first + index;
    const status = faker.helpers.arrayElement(STATUSES);
    const minutesAgo =
      1 +
      (Number.parseInt(faker.string.hexadecimal({ length: 8, prefix: "", casing: "lower" }), 16) %
        OLDEST_MINUTES);
    const hash = faker.string.hexadecimal({ length: 64, prefix: "", casing: "lower" });
    const kind = faker.helpers.arrayElement(KINDS);
    const severity = faker.helpers.arrayElement(["low", "medium", "high", "critical"] as const);
    const hosts = faker.helpers.arrayElement([1, 1, 2, MOST_ALERTS]);
    const alerts = Array.from({ length: hosts }, (_unused, nth) =>
      alertOn(
        faker.helpers.arrayElement(machines),
        { kind, severity, hash },
        number * MOST_ALERTS + nth,
      ),
    );
    const isOpen = status === "new" || status === "under_investigation";
    const resolved = isOpen ? {} : { resolvedMinutesAgo: Math.floor(minutesAgo / 2) };
    return { number, status, minutesAgo, ...resolved, own: {}, alerts };
  });
}

interface Finding {
  readonly kind: (typeof KINDS)[number];
  readonly severity: AlertSeed["severity"];
  readonly hash: string;
}

function alertOn(machine: Endpoint, { kind, severity, hash }: Finding, number: number): AlertSeed {
  const { name, category, source } = kind;
  const path = machine.os === "WINDOWS" ? "C:\\Users\\Public\\" : "/tmp/";
  const file = `${hash.slice(0, 8)}.bin`;
  return {
    number,
    endpoint: machine.id,
    severity,
    source,
    row: {
      name,
      category,
      description: "Suspicious executable detected",
      action: "DETECTED",
      user_name: machine.users[0] ?? null,
      event_type: "Process Execution",
      actor_process_image_name: file,
      actor_process_image_path: `${path}${file}`,
      actor_process_image_sha256: hash,
      actor_process_signature_status: "Unsigned",
    },
  };
}
