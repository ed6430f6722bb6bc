import { expect, it } from "vitest";
import { pseudonyms } from "../../src/recording/pseudonyms.ts";

const { text } = pseudonyms(
  [{ hosts: [{ host_name: "ACME-PC-7", user_name: "ACME\\jane" }], name: "Malware found" }],
  { "api-acme.test": "server.example" },
);

it.each([
  ["jane.doe@acme.test", /^person-\d+@example\.com$/],
  ["10.1.2.3", /^192\.0\.2\.\d+$/],
  ["00:1a:2b:3c:4d:5e", /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/],
  ["S-1-5-21-1004336348-1177238915-682003330-512", /^S-1-5-21-0-0-0-\d+$/],
  ["123e4567-e89b-42d3-a456-426614174000", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ["821845a2ff1859c9be6a5b708ace61b8", /^[0-9a-f]{32}$/],
  ["ACME-PC-7", /^name-\d+$/],
])("replaces %s by another of its kind, the same each time", (value, kind) => {
  const made = text(value);
  expect(made).toMatch(kind);
  expect(made).not.toBe(value);
  expect(text(`seen on ${value}, again ${value}`)).toBe(`seen on ${made}, again ${made}`);
});

it("gives two values two others", () => {
  expect(text("10.1.2.3")).not.toBe(text("10.1.2.4"));
  expect(text("a@acme.test")).not.toBe(text("b@acme.test"));
});

it("does not replace what it has made", () => {
  expect(text(text("jane.doe@acme.test"))).toBe(text("jane.doe@acme.test"));
  expect(text(text("821845a2ff1859c9be6a5b708ace61b8"))).toBe(
    text("821845a2ff1859c9be6a5b708ace61b8"),
  );
});

it("finds a name of one field in the text of another, and the server's own name", () => {
  expect(text("Malware on ACME-PC-7, by ACME\\jane")).toBe("Malware on name-2, by name-3");
  expect(text("https://api-acme.test/x")).toBe("https://server.example/x");
});

it.each(["Malware found", "2026-01-31T12:00:00Z", "1769860800000", "get_incidents", "high"])(
  "leaves %s as it is",
  (value) => {
    expect(text(value)).toBe(value);
  },
);
