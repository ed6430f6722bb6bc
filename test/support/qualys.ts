import request, { type Test } from "supertest";
import type { Mock } from "../../src/mock.ts";

const CALLS = ["quarantineHost", "performQuarantineHostAction"];

/** The four paths of the quarantine call: two names, each with and without a version. */
export const PATHS: readonly string[] = ["/ioc", "/ioc/v1"].flatMap((base) =>
  CALLS.map((name) => `${base}/remediation-actions/${name}`),
);

export const PATH = "/ioc/remediation-actions/quarantineHost";

/** The moment at which these tests' clocks stand. */
export const CLOCK = "2026-01-31T12:00:00Z";
export const NOW = 1_769_860_800_000;

/** Two agents of the inventory, and an id that it does not hold. */
export const AGENT = "9589ad4e-670a-460a-8d69-43184b3df1a7";
export const OTHER = "d966e68f-5b42-4e44-a911-739fe1d0d0b3";
export const UNKNOWN = "00000000-0000-4000-8000-000000000000";

/** The reserved agent whose id ends in this code. */
export const reserved = (code: number): string =>
  `facade00-0000-4000-8000-${String(code).padStart(12, "0")}`;

/** Headers by name; `undefined` leaves one out. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** The headers of a correct request. */
export const headers = (overrides: Headers = {}): Headers => ({
  authorization: "Bearer fauxdr-token",
  "content-type": "application/json",
  ...overrides,
});

/** A correct action on one agent. */
export const action = (overrides: object = {}): object => ({
  eventId: AGENT,
  action: "QUARANTINE_HOST",
  agentId: AGENT,
  eventType: "AGENT",
  agentVersion: "5.5.25.0",
  ...overrides,
});

/** A correct body with the mandatory fields only. */
export const body = (overrides: object = {}): object => ({
  remediationSource: "EDR",
  user: "John Doe",
  userId: "qaedr_jd",
  comment: "QH",
  requestTime: "2024-12-12T04:52:39.711Z",
  assetActionParameter: { assetActions: [action()] },
  ...overrides,
});

/** A correct body for these agents. */
export const aimedAt = (...agentIds: string[]): object =>
  body({ assetActionParameter: { assetActions: agentIds.map((agentId) => action({ agentId })) } });

/** The payload that the vendor's document prints, every field in it. */
export const sample = (): Record<string, unknown> => ({
  remediationSource: "EDR",
  user: "John Doe",
  userId: "qaedr_jd",
  comment: "QH",
  requestTime: "2024-12-12T04:52:39.711Z",
  assetActionParameter: {
    assetActions: [
      {
        eventId: "9589ad4e-670a-460a-8d69-43184b3df1a7",
        action: "QUARANTINE_HOST",
        agentId: "9589ad4e-670a-460a-8d69-43184b3df1a7",
        eventType: "AGENT",
        overrideConfig: true,
        agentVersion: "5.5.25.0",
      },
    ],
    hostConfig: {
      excludedWhitelistingConfig: {
        excludedApplicationsConfigs: [
          { applicationPath: "asdfasf", platform: 1 },
          { applicationPath: "asdfasf", platform: 1 },
        ],
        excludedIpConfigs: [
          {
            ipAddress: "X0.1X.XX1.00",
            subnetMask: "255.255.255.255",
            platform: 1,
            type: "V4",
          },
        ],
        excludedDomainConfigs: [{ domain: "tradingview.com", platform: 1 }],
      },
      quarantineAssetNotifications: {
        title: "QH",
        description: "quarantined",
        platform: 1,
        emailIdList: "jd@example.com",
        phoneNo: "1234567890",
      },
    },
  },
  moduleMetadata: "cfsdfsfdgfdsg",
});

interface Sending {
  readonly method?: "post" | "get" | "put" | "delete";
  readonly path?: string;
  readonly headers?: Headers;
  /** An object goes out as JSON, a text as it is. */
  readonly body?: object | string;
}

/** A quarantine call, right but for what is given. */
export function quarantine(mock: Mock, sending: Sending = {}): Test {
  const { method = "post", path = PATH } = sending;
  const call = request(mock.url)[method](path);
  for (const [name, value] of Object.entries(sending.headers ?? headers())) {
    if (value === undefined) call.unset(name);
    else call.set(name, value);
  }
  const content = sending.body ?? body();
  return method === "get"
    ? call
    : call.send(typeof content === "string" ? content : JSON.stringify(content));
}

/** A refusal's exact body, the same in both wire forms. */
export const errorBody = (code: string, message: string): string =>
  JSON.stringify({ errorCode: code, message, timestamp: NOW });
