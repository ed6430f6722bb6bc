import { expect, it } from "vitest";
import { type Mock, startMock } from "../../src/mock.ts";
import { incidentCases } from "../../src/vendors/cortex/cases/incidents.ts";
import { programClient } from "../support/program-client.ts";
import { exists, read } from "../support/repository.ts";

const page = read("docs/how-to/begin-with-incidents.md");
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, text = ""]) => text,
  );

const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<void>;

it("shows a test that adds an incident and lets a client respond to it", async () => {
  const [text = ""] = blocks("ts");
  const program = text.replace(/^import .*$/m, "");
  const started: Mock[] = [];
  const start = async (): Promise<Mock> => {
    const mock = await startMock({ progress: "polls" });
    started.push(mock);
    return mock;
  };
  const respond = async (url: string): Promise<void> => {
    const input = incidentCases.find(({ id }) => id === "cortex.incidents.resolved")?.input ?? {};
    const environment = {
      CORTEX_URL: url,
      CORTEX_API_KEY_ID: "1",
      CORTEX_API_KEY: "fauxdr-standard-key",
    };
    const task = { case: "", vendor: "cortex", operation: "getIncidents", input, environment };
    const client = programClient(read("examples/cortex/incidents.mjs"));
    expect(await client(task, 20_000)).toMatchObject({ exitCode: 0 });
  };
  try {
    await new AsyncFunction("startMock", "respondToIncidents", program)(start, respond);
    expect(started).toHaveLength(1);
  } finally {
    await Promise.all(started.map((mock) => mock.close()));
  }
});

it("shows how another process adds one", async () => {
  const curl = blocks("sh").find((text) => text.startsWith("curl")) ?? "";
  const [, path = "", body = ""] = /127\.0\.0\.1:4620(\S+)[\s\S]*-d '([^']*)'/.exec(curl) ?? [];
  await using mock = await startMock();
  const reply = await fetch(mock.url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  expect(reply.status).toBe(201);
  expect(mock.inventory.list("cortex", "incidents")).toContainEqual(
    expect.objectContaining(JSON.parse(body)),
  );
});

it("names files that exist", () => {
  for (const name of ["incidents.mjs", "incidents.py"]) {
    expect(exists(`examples/cortex/${name}`)).toBe(true);
  }
});
