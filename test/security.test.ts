import { expect, it } from "vitest";
import { SETTINGS } from "../src/settings/table.ts";
import { exists, files, read } from "./support/repository.ts";

const named = [...read("SECURITY.md").matchAll(/`((?:test|scripts)\/[^`]+)`: "([^"]+)"/g)].map(
  ([, file = "", title = ""]) => [file, title] as const,
);

it("SECURITY.md names tests", () => {
  expect(named.length).toBeGreaterThan(12);
});

it.each(named)("%s shows: %s", (file, title) => {
  expect(exists(file)).toBe(true);
  expect(read(file)).toContain(title);
});

it("listens on loopback unless it is told otherwise", () => {
  expect(SETTINGS.host.default).toBe("127.0.0.1");
});

it("asks nobody but whom a command or a caller names", () => {
  const asking = files("src").filter((file) =>
    /\bfetch\(|\bhttps?\.(get|request)\(|\bget as \w+|\bconnect\(/.test(read(file)),
  );
  expect(asking.toSorted()).toEqual([
    "src/cli/health.ts",
    "src/client.ts",
    "src/contract/send-probe.ts",
    // In a browser, and of the server that it came from.
    "src/inspector/call.ts",
    "src/server/shared/connect.ts",
    "src/server/shared/redis.ts",
  ]);
});
