import type { Scenario } from "../../core/scenario.ts";
import type { Tenant } from "../../core/tenant.ts";
import { type EventRow, type EventSeed, eventOf, events } from "./events.ts";

const LAPTOP = "9589ad4e-670a-460a-8d69-43184b3df1a7";
const DESKTOP = "d966e68f-5b42-4e44-a911-739fe1d0d0b3";
const BUILD_1 = "9b37c024-3498-425a-aa42-929723ac5cd5";
const BUILD_2 = "6a767796-1ecb-4e81-a2d9-c020da92f6ae";
const EDGE_CASE = "4f084161-a5cc-4ace-a8e4-0358d9cc1e77";

/** With those of the inventory, the last hour has 200 malicious events and 300 in all: full pages of 100. */
const MALICIOUS = 198;
const SUSPICIOUS = 97;
const ARRIVING = 200;

/** Scenarios for clients that begin with the events of the last hour. */
export const eventScenarios: readonly Scenario[] = [
  {
    name: "busy-hour",
    description: `${MALICIOUS} more malicious events in the last hour on several hosts, and ${SUSPICIOUS} suspicious ones on edge-case`,
    prepare: (tenant) => {
      for (let nth = 0; nth < MALICIOUS; nth++) {
        add(tenant, { ...seed(hostOf(nth), 30 + 14 * nth, nth), row: fileRow(nth, scoreOf(nth)) });
      }
      for (let nth = 0; nth < SUSPICIOUS; nth++) {
        const serial = MALICIOUS + nth;
        add(tenant, { ...seed(EDGE_CASE, 37 + 14 * nth, serial), row: fileRow(serial, "6") });
      }
    },
  },
  {
    name: "arriving-events",
    description: `a malicious event on jd-laptop every tenth of a second, for ${ARRIVING / 10} seconds`,
    prepare: (tenant) => {
      for (let nth = 0; nth < ARRIVING; nth++) {
        add(tenant, { ...seed(LAPTOP, -(1 + nth) / 10, nth), row: fileRow(nth, "8") });
      }
    },
  },
  {
    name: "odd-events",
    description:
      "events of the last hour without an id, a path of the file, a file, indicators, or interfaces of the host",
    prepare: (tenant) => {
      const { file, indicator2: _, ...bare } = fileRow(0, "8");
      add(tenant, { ...seed(DESKTOP, 300, 0), row: { ...fileRow(0, "8"), id: null } });
      add(tenant, { ...seed(DESKTOP, 310, 1), row: bare });
      add(tenant, {
        ...seed(BUILD_1, 320, 2),
        row: { ...bare, file: { fileName: file["fileName"], sha256: file["sha256"] } },
      });
      add(tenant, { ...seed(BUILD_2, 330, 3), row: { ...bare, asset: { interfaces: null } } });
    },
  },
  {
    name: "hostless-events",
    description:
      "malicious events of the last hour that do not say which agent has reported them: the host is null, or has a name only",
    prepare: (tenant) => {
      add(tenant, { ...seed("", 300, 0), row: { ...fileRow(0, "9"), asset: null } });
      const asset = { hostName: "lost-pc", netBiosName: "LOST-PC" };
      add(tenant, { ...seed("", 310, 1), row: { ...fileRow(1, "9"), asset } });
    },
  },
];

function hostOf(nth: number): string {
  if (nth === 0) return BUILD_1;
  if (nth === MALICIOUS - 1) return BUILD_2;
  return nth % 2 === 0 ? LAPTOP : DESKTOP;
}

const scoreOf = (nth: number): string => (hostOf(nth) === DESKTOP ? "10" : "8");

function add({ store, clock }: Tenant, event: EventSeed): void {
  store.put(events, eventOf(event, clock.now()));
}

const seed = (agentId: string, secondsAgo: number, nth: number): Omit<EventSeed, "row"> => ({
  agentId,
  secondsAgo,
  gone: false,
  serial: String(7_000_000_000_000 + nth),
  series: `b05e0000-0000-3000-8000-${String(nth).padStart(12, "0")}`,
});

function fileRow(nth: number, score: string): EventRow & { readonly file: Record<string, string> } {
  const sha256 = (0xb05e_0000 + nth).toString(16).padStart(64, "0");
  const fileName = `dropper-${nth}.exe`;
  const verdict = Number(score) >= 8 ? "MALICIOUS" : "SUSPICIOUS";
  return {
    type: "FILE",
    action: "CREATED",
    eventSource: "EDR",
    score,
    indicator2: [
      {
        score: Number(score),
        sha256,
        familyName: "Kolab",
        verdict,
        threatName: "Win32.Worm.Kolab",
        category: "Worm",
      },
    ],
    file: {
      fullPath: `C:\\Users\\Public\\${fileName}`,
      path: "C:\\Users\\Public",
      extension: "exe",
      fileName,
      sha256,
      md5: sha256.slice(32),
    },
  };
}
