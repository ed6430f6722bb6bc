import { expect, it } from "vitest";
import { operationIdFor, templateOf } from "../../src/recording/templates.ts";

it.each([
  ["/public_api/v1/incidents/get_incidents", "/public_api/v1/incidents/get_incidents"],
  ["/incidents/4711", "/incidents/{id}"],
  ["/incidents/4711/alerts/12", "/incidents/{id}/alerts/{id2}"],
  ["/hosts/123e4567-e89b-42d3-a456-426614174000", "/hosts/{id}"],
  ["/hosts/821845a2ff1859c9be6a5b708ace61b8", "/hosts/{id}"],
  ["/events/RTP_1234567890_ab", "/events/{id}"],
  ["/v1/xql/start", "/v1/xql/start"],
  ["/ioc/incidents/scroll", "/ioc/incidents/scroll"],
  ["/", "/"],
])("of %s is %s", (path, template) => {
  expect(templateOf(path).template).toBe(template);
});

it("names each parameter once", () => {
  expect(templateOf("/a/1/b/2").names).toEqual(["id", "id2"]);
});

it("gives an operation the last words of its path, and a number where they are taken", () => {
  const taken = new Set(["getHostsAlerts"]);
  expect(operationIdFor("POST", "/v1/incidents/get_incidents", taken)).toBe(
    "postIncidentsGetIncidents",
  );
  expect(operationIdFor("GET", "/v1/hosts/{id}/alerts", taken)).toBe("getHostsAlerts2");
  expect(operationIdFor("GET", "/", taken)).toBe("get");
});
