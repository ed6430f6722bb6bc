import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/mock.ts";
import {
  AGENT,
  action,
  aimedAt,
  body,
  CLOCK,
  errorBody,
  PATH,
  PATHS,
  quarantine,
  reserved,
  sample,
  UNKNOWN,
} from "../../../support/qualys.ts";
import { refused } from "../../../support/refused.ts";

interface Schema {
  readonly $ref?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const { components } = JSON.parse(
  readFileSync(new URL("../../../../specs/qualys/openapi.json", import.meta.url), "utf8"),
) as { components: { schemas: Record<string, Schema> } };

/** Every mandatory field of a schema, as the pointer to it in a body with one element in each list. */
function mandatory({ $ref, ...inline }: Schema, at = ""): string[] {
  const schema = $ref ? components.schemas[$ref.split("/").at(-1) ?? ""] : inline;
  const { required = [], properties = {}, items } = schema ?? {};
  return [
    ...required.map((name) => `${at}/${name}`),
    ...Object.entries(properties).flatMap(([name, child]) => mandatory(child, `${at}/${name}`)),
    ...(items ? mandatory(items, `${at}/0`) : []),
  ];
}

const REQUIRED = mandatory({ $ref: "#/components/schemas/QuarantineHostRequest" });

const HOST = "/assetActionParameter/hostConfig";
const EXCLUDED = `${HOST}/excludedWhitelistingConfig`;
const ACTION = "/assetActionParameter/assetActions/0";

/** The document's payload without the field at a pointer. */
function without(pointer: string): object {
  const sent = sample();
  const names = pointer.slice(1).split("/");
  const last = names.pop() ?? "";
  const parent = names.reduce<Record<string, unknown>>(
    (found, name) => found[name] as Record<string, unknown>,
    sent,
  );
  expect(parent).toHaveProperty(last);
  delete parent[last];
  return sent;
}

const invalid = (message: string): object => ({
  status: 400,
  type: "application/json",
  text: errorBody("400 BAD_REQUEST", message),
  kind: "invalid",
  basis: "assumed",
});

describe("a mandatory field", () => {
  it("is each one that the document marks, user and userId aside", () => {
    expect(REQUIRED.toSorted()).toEqual(
      [
        "/remediationSource",
        "/comment",
        "/requestTime",
        "/assetActionParameter",
        "/assetActionParameter/assetActions",
        `${ACTION}/eventId`,
        `${ACTION}/action`,
        `${ACTION}/agentId`,
        `${ACTION}/eventType`,
        `${ACTION}/agentVersion`,
        `${EXCLUDED}/excludedApplicationsConfigs/0/applicationPath`,
        `${EXCLUDED}/excludedApplicationsConfigs/0/platform`,
        `${EXCLUDED}/excludedIpConfigs/0/ipAddress`,
        `${EXCLUDED}/excludedIpConfigs/0/subnetMask`,
        `${EXCLUDED}/excludedIpConfigs/0/platform`,
        `${EXCLUDED}/excludedIpConfigs/0/type`,
        `${EXCLUDED}/excludedDomainConfigs/0/domain`,
        `${EXCLUDED}/excludedDomainConfigs/0/platform`,
        `${HOST}/quarantineAssetNotifications`,
        `${HOST}/quarantineAssetNotifications/title`,
        `${HOST}/quarantineAssetNotifications/description`,
        `${HOST}/quarantineAssetNotifications/platform`,
      ].toSorted(),
    );
  });

  it.each(REQUIRED)("is named in the error when it is missing: %s", async (pointer) => {
    await using mock = await startMock({ clock: CLOCK });
    for (const path of PATHS) {
      const call = quarantine(mock, { path, body: without(pointer) });
      expect(await refused(mock, call)).toEqual(invalid(`${pointer} is required`));
    }
  });

  it.each(["user", "userId"])("is missed by name in body and query: %s", async (name) => {
    await using mock = await startMock({ clock: CLOCK });
    const other = name === "user" ? "userId=42" : "user=jd";
    for (const path of PATHS) {
      for (const query of ["", `?${other}`, `?${other}&${name}=`]) {
        const call = quarantine(mock, { path: path + query, body: without(`/${name}`) });
        const message = `/${name} is required, in the body or in the query`;
        expect(await refused(mock, call)).toEqual(invalid(message));
      }
    }
  });
});

const acting = (overrides: object): object =>
  body({ assetActionParameter: { assetActions: [action(), action(overrides)] } });

const configured = (hostConfig: object): object =>
  body({ assetActionParameter: { assetActions: [action()], hostConfig } });

const NOTICE = { title: "QH", description: "quarantined", platform: 1 };
const TIME = "/requestTime must be a date-time";
const SECOND = "/assetActionParameter/assetActions/1";

const INVALID: readonly (readonly [what: string, sent: object, message: string])[] = [
  [
    "a hostConfig that is empty",
    configured({}),
    `${HOST}/quarantineAssetNotifications is required`,
  ],
  [
    "assetId alone, naming all that is wrong",
    { assetId: AGENT },
    "/remediationSource is required; /comment is required; /requestTime is required; /assetActionParameter is required; /assetId is not a field of this call",
  ],
  ["assetId beside the rest", body({ assetId: AGENT }), "/assetId is not a field of this call"],
  [
    "assetId in an action",
    acting({ assetId: AGENT }),
    `${SECOND}/assetId is not a field of this call`,
  ],
  [
    "an action in lower case",
    acting({ action: "quarantine_host" }),
    `${SECOND}/action must be one of: QUARANTINE_HOST, UNQUARANTINE_HOST`,
  ],
  [
    "a wrong event type",
    acting({ eventType: "FILE" }),
    `${SECOND}/eventType must be one of: AGENT`,
  ],
  [
    "an empty agentId",
    acting({ agentId: "" }),
    `${SECOND}/agentId must NOT have fewer than 1 characters`,
  ],
  [
    "a flag in words",
    acting({ overrideConfig: "true" }),
    `${SECOND}/overrideConfig must be boolean`,
  ],
  [
    "a version that is a number",
    acting({ agentVersion: 5.5 }),
    `${SECOND}/agentVersion must be string`,
  ],
  ["no action", aimedAt(), "/assetActionParameter/assetActions must NOT have fewer than 1 items"],
  ["an empty comment", body({ comment: "" }), "/comment must NOT have fewer than 1 characters"],
  ["a user that is a number", body({ user: 5 }), "/user must be string"],
  ["30 February", body({ requestTime: "2024-02-30T00:00:00Z" }), TIME],
  ["29 February of another year", body({ requestTime: "2023-02-29T00:00:00Z" }), TIME],
  ["a time of 25 o'clock", body({ requestTime: "2024-12-12T25:00:00Z" }), TIME],
  ["a time without a zone", body({ requestTime: "2024-12-12T04:52:39.711" }), TIME],
  ["a day without a time", body({ requestTime: "2024-12-12" }), TIME],
  ["a time in milliseconds as text", body({ requestTime: "1733979159711" }), TIME],
  ["a time in milliseconds", body({ requestTime: 1733979159711 }), "/requestTime must be string"],
  [
    "a list of mail addresses",
    configured({ quarantineAssetNotifications: { ...NOTICE, emailIdList: ["jd@example.com"] } }),
    `${HOST}/quarantineAssetNotifications/emailIdList must be string`,
  ],
  [
    "a platform in words",
    configured({ quarantineAssetNotifications: { ...NOTICE, platform: "1" } }),
    `${HOST}/quarantineAssetNotifications/platform must be integer`,
  ],
  [
    "another kind of address",
    JSON.parse(JSON.stringify(sample()).replace('"V4"', '"IPv4"')),
    `${EXCLUDED}/excludedIpConfigs/0/type must be one of: v4, V4, v6, V6`,
  ],
];

describe("off the contract", () => {
  it.each(INVALID)("refuses %s on all four paths", async (_what, sent, message) => {
    await using mock = await startMock({ clock: CLOCK });
    for (const path of PATHS) {
      expect(await refused(mock, quarantine(mock, { path, body: sent }))).toEqual(invalid(message));
    }
  });

  it("queues nothing where one of two agents is unknown", async () => {
    await using mock = await startMock({ clock: CLOCK });
    expect(await refused(mock, quarantine(mock, { body: aimedAt(AGENT, UNKNOWN) }))).toEqual({
      status: 404,
      type: "application/json",
      text: errorBody("404 NOT_FOUND", `There is no asset with the agentId ${UNKNOWN}`),
      kind: "no-target",
      basis: "assumed",
    });
    // Nor does it use up an id.
    await using fresh = await startMock({ clock: CLOCK });
    expect((await quarantine(mock)).text).toBe((await quarantine(fresh)).text);
  });

  it.each([
    [400, "malformed"],
    [401, "unauthenticated"],
    [403, "forbidden"],
    [500, "failure"],
  ])("refuses the reserved agent %i with that status", async (code, kind) => {
    await using mock = await startMock({ clock: CLOCK });
    const call = quarantine(mock, { path: PATH, body: aimedAt(AGENT, reserved(code)) });
    expect(await refused(mock, call)).toMatchObject({ status: code, kind });
  });
});
