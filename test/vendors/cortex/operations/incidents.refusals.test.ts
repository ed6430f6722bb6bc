import { expect, it } from "vitest";
import { startMock } from "../../../../src/mock.ts";
import { CLOCK } from "../../../support/cortex.ts";
import { cortexClient } from "../../../support/cortex-client.ts";
import { conflict, invalid, noIncident, wrongPage } from "../../../support/cortex-refusals.ts";
import {
  type Bad,
  badBodies,
  badData,
  badKeys,
  noData,
  refuses,
  subject,
} from "../../../support/cortex-suites.ts";

const list = subject("getIncidents", "incidents/get_incidents", { filters: [] });
const one = subject("getIncidentExtraData", "incidents/get_incident_extra_data", {
  incident_id: "105",
});
const change = subject("updateIncident", "incidents/update_incident", {
  incident_id: "105",
  update_data: { status: "new" },
});

const at = "/request_data";
const first = `${at}/filters/0`;

const filters = (what: string, filter: object, ...sentences: readonly string[]) =>
  [`a filter ${what}`, { filters: [filter] }, ...sentences] as const;

const of = (field: string, operator: string, value: unknown): object => ({
  field,
  operator,
  value,
});

/** A value that the recorded form takes for missing. */
const missing = (value: unknown, sentence: string): Bad => ({
  what: `a filter with the value ${JSON.stringify(value)}`,
  sending: {
    body: JSON.stringify({ request_data: { filters: [of("creation_time", "gte", value)] } }),
  },
  expected: invalid(`${first}/value ${sentence}`, {
    extra: "value param is missing",
    cause: "missing",
    basis: "recorded",
  }),
});

refuses(list, [
  ...badKeys(list),
  ...badBodies(list),
  {
    what: "a page of more than a hundred",
    sending: { body: '{"request_data":{"search_from":0,"search_to":101}}' },
    expected: wrongPage(
      `${at}/search_to must be search_from plus 1 to 100, and is search_from plus 101.`,
    ),
  },
  missing("", "must be milliseconds since 1970, an integer."),
  missing([], "must be milliseconds since 1970, an integer."),
  ...badData([
    filters(
      "by a field that is none",
      of("colour", "in", ["red"]),
      `${first}/field must be one of: modification_time, creation_time, incident_id_list, incident_id, description, alert_sources, status, starred, severity.`,
    ),
    filters(
      "without an operator",
      { field: "status", value: "new" },
      `${first}/operator is required.`,
    ),
    filters(
      "with a time as a text",
      of("creation_time", "gte", "2026"),
      `${first}/value must be milliseconds since 1970, an integer.`,
    ),
    filters(
      "with a time in words",
      of("creation_time", "in", [1]),
      `${first}/operator must be gte or lte for creation_time.`,
    ),
    filters(
      "with two statuses for one",
      of("status", "eq", ["new", "x"]),
      `${first}/value must be a string.`,
    ),
    filters(
      "with a star in words",
      of("starred", "eq", "yes"),
      `${first}/value must be a boolean.`,
    ),
    filters(
      "with ids that are numbers",
      of("incident_id_list", "in", [105]),
      `${first}/value must be a list of strings.`,
    ),
    [
      "a sort by severity",
      { sort: { field: "severity", keyword: "asc" } },
      `${at}/sort/field must be one of: creation_time, incident_id, modification_time.`,
    ],
  ]),
]);

const unknownIncident = (call: string, data: object, id: string): Bad => ({
  what: `the unknown incident ${id}`,
  sending: { body: JSON.stringify({ request_data: data }) },
  expected: noIncident(id, call),
});

refuses(one, [
  ...badKeys(one),
  ...badBodies(one),
  ...noData,
  unknownIncident("get_incident_extra_data", { incident_id: "9" }, "9"),
  unknownIncident("get_incident_extra_data", { incident_id: 10_000_105 }, "10000105"),
  ...badData([
    ["no id", {}, `${at}/incident_id is required.`],
    ["an empty id", { incident_id: "" }, `${at}/incident_id must match pattern "^[0-9]+$".`],
    ["an id in words", { incident_id: "one" }, `${at}/incident_id must match pattern "^[0-9]+$".`],
    ["no alerts", { incident_id: "105", alerts_limit: 0 }, `${at}/alerts_limit must be >= 1.`],
    [
      "a limit as a text",
      { incident_id: "105", alerts_limit: "5" },
      `${at}/alerts_limit must be integer.`,
    ],
  ]),
]);

const update = (what: string, update_data: unknown, ...sentences: readonly string[]) =>
  [what, { incident_id: "105", update_data }, ...sentences] as const;

const INVALID = "ann@corp.example is not a valid Cortex XDR email address.";

refuses(change, [
  ...badKeys(change),
  ...badBodies(change),
  ...noData,
  unknownIncident("update_incident", { incident_id: "9", update_data: {} }, "9"),
  {
    what: "an assignee that is no user, with a status that is right",
    sending: {
      body: JSON.stringify({
        request_data: {
          incident_id: "105",
          update_data: { status: "new", assigned_user_mail: "ann@corp.example" },
        },
      }),
    },
    expected: conflict(INVALID, { document: "documented", recorded: "assumed" }),
  },
  ...badData([
    ["no update_data", { incident_id: "105" }, `${at}/update_data is required.`],
    update("changes that are a list", [], `${at}/update_data must be object.`),
    update(
      "a comment without a text",
      { comment: { comment_action: "add" } },
      `${at}/update_data/comment/value is required.`,
    ),
    update(
      "a comment to remove",
      { comment: { comment_action: "remove", value: "x" } },
      `${at}/update_data/comment/comment_action must be one of: add.`,
    ),
    update(
      "the severity of the reply",
      { severity: "low" },
      `${at}/update_data/severity is not a field of this call.`,
    ),
    update(
      "a severity of alerts",
      { manual_severity: "informational" },
      `${at}/update_data/manual_severity must be one of: critical, high, medium, low, none, , CRITICAL, HIGH, MEDIUM, LOW, NONE.`,
    ),
  ]),
]);

it.each(["closed", "Resolved", "resolved"])(
  "refuses the status word %j, and names the right ones",
  async (status) => {
    await using mock = await startMock({ clock: CLOCK });
    const { post } = cortexClient(mock);
    const reply = await post("incidents/update_incident", {
      incident_id: "105",
      update_data: { status },
    });
    expect(reply.status).toBe(400);
    expect(reply.text).toContain("/request_data/update_data/status must be one of: new,");
    expect(reply.text).toContain("resolved_true_positive");
  },
);
