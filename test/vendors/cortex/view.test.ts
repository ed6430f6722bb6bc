import { expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { CLOCK } from "../../support/cortex.ts";
import { cortexClient } from "../../support/cortex-client.ts";

type Row = Readonly<Record<string, unknown>>;

async function rows(): Promise<readonly Row[]> {
  await using mock = await startMock({ wire: "recorded", clock: CLOCK });
  const { text } = await cortexClient(mock).post("endpoints/get_endpoint", {});
  return JSON.parse(text).reply.endpoints;
}

const all = await rows();

const isEmpty = (value: unknown): boolean =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);

it.each([
  "alias",
  "ipv6",
  "users",
  "group_name",
  "active_directory",
  "operational_status_description",
  "operational_status_details",
  "assigned_extensions_policy",
  "assigned_prevention_policy",
])("%s is filled in one row and empty in another, as in recordings", (name) => {
  expect(all.some((row) => isEmpty(row[name]))).toBe(true);
  expect(all.some((row) => row[name] !== undefined && !isEmpty(row[name]))).toBe(true);
});

it.each(["operational_status_details", "token_hash", "tags", "cloud_provider"])(
  "%s is in one row and missing in another, as tenants differ",
  (name) => {
    expect(all.some((row) => name in row)).toBe(true);
    expect(all.some((row) => !(name in row))).toBe(true);
  },
);

it.each([
  ["users", ""],
  ["group_name", null],
  ["active_directory", null],
  ["active_directory", []],
  ["operational_status", "PARTIALLY_PROTECTED"],
  ["endpoint_status", "UNINSTALLED"],
])("%s is %j in some row", (name, value) => {
  expect(all.map((row) => row[name])).toContainEqual(value);
});

it("describes what does not protect in a JSON text", () => {
  const [text] = all.flatMap((row) => row["operational_status_description"] ?? []);
  expect(JSON.parse(String(text))).toMatchObject([{ name: "ransomware" }]);
});

it("has its members in the recorded order", () => {
  const names = Object.keys(all[0] ?? {});
  const part = names.slice(names.indexOf("operational_status"));
  expect(part).toEqual([
    "operational_status",
    "operational_status_description",
    "operational_status_details",
    "scan_status",
    "content_release_timestamp",
    "last_content_update_time",
    "operating_system",
    "mac_address",
    "assigned_prevention_policy",
    "assigned_extensions_policy",
    "token_hash",
    "tags",
    "content_status",
  ]);
});
