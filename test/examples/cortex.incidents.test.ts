import { describe, expect, it } from "vitest";
import { type Client, commandClient } from "../../src/contract/client.ts";
import { type Mock, startMock } from "../../src/mock.ts";
import { incidentCases } from "../../src/vendors/cortex/cases/incidents.ts";
import { cortexClient } from "../support/cortex-client.ts";
import { programClient } from "../support/program-client.ts";
import { needs } from "../support/programs.ts";
import { onDisk, read } from "../support/repository.ts";

const NODE = programClient(read("examples/cortex/incidents.mjs"));
const PYTHON = commandClient(["python3", onDisk("examples/cortex/incidents.py")]);
const python = needs("Python");

const task = incidentCases.find(({ id }) => id === "cortex.incidents.resolved");

/** How actions advance: by time, by status calls, or by hand whenever the client asks. */
const PACES = ["time", "polls", "manual"] as const;

async function begin(
  wire: "document" | "recorded",
  progress: (typeof PACES)[number],
): Promise<Mock> {
  let mock: Mock | undefined;
  mock = await startMock({
    wire,
    progress,
    onExchange: ({ operation }) => {
      if (operation !== "getActionStatus" || !mock) return;
      // So that nobody has to wait.
      if (progress === "time") mock.clock.advance(1000);
      if (progress !== "manual") return;
      for (const { id, targets } of mock.actions.list()) {
        if (targets.every(({ state }) => state !== "succeeded")) mock.actions.move(id);
      }
    },
  });
  return mock;
}

const ask = async (
  mock: Mock,
  path: string,
  data: object,
): Promise<ReturnType<typeof JSON.parse>> =>
  JSON.parse((await cortexClient(mock).post(path, data)).text).reply;

/** The story from the incident to its end, and what a client can see of it afterwards. */
async function story(client: Client, wire: "document" | "recorded", pace: (typeof PACES)[number]) {
  await using mock = await begin(wire, pace);
  const environment = {
    CORTEX_URL: mock.url,
    CORTEX_API_KEY_ID: "1",
    CORTEX_API_KEY: "fauxdr-standard-key",
  };
  const input = task?.input ?? {};
  const ended = await client(
    { case: "", vendor: "cortex", operation: "getIncidents", input, environment },
    20_000,
  );
  expect(ended).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/"outcome": ?"completed"/),
  });
  const { incident, alerts } = await ask(mock, "incidents/get_incident_extra_data", {
    incident_id: "105",
  });
  expect(incident).toMatchObject({
    status: "resolved_true_positive",
    resolve_comment: "The files are in quarantine.",
    resolved_timestamp: incident["modification_time"],
  });
  const files = (alerts["data"] as Record<string, string>[]).map((alert) => ({
    endpoint_id: alert["endpoint_id"],
    file_path: alert["action_file_path"] ?? alert["actor_process_image_path"],
    file_hash: alert["action_file_sha256"] ?? alert["actor_process_image_sha256"],
  }));
  expect(await ask(mock, "quarantine/status", { files })).toMatchObject([
    { status: true },
    { status: true },
  ]);
  const actions = mock.store.state().tables["cortex.actions"]?.map(([, row]) => row);
  expect(actions).toMatchObject([{ incident: "105" }, { incident: "105" }]);
  expect(mock.findings()).toEqual([]);
}

describe.each(["document", "recorded"] as const)("from incident to quarantine, %s form", (wire) => {
  it.each(PACES)("the example in Node does it, actions advance by %s", async (pace) => {
    await story(NODE, wire, pace);
  });

  it.skipIf(python.skip).each(PACES)(
    `the example in Python does it, actions advance by %s${python.note}`,
    async (pace) => {
      await story(PYTHON, wire, pace);
    },
  );
});
