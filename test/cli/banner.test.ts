import { describe, expect, it } from "vitest";
import { createClient } from "../../src/client.ts";
import { WIRE_FORMS } from "../../src/core/tenant.ts";
import { startMock } from "../../src/mock.ts";
import { vendors } from "../../src/vendors/index.ts";
import { startServer } from "../support/process.ts";
import { needs, run } from "../support/programs.ts";

const ARGS = ["--port", "0", "--log", "none", "--verbose"];

/** What a start with --verbose prints. */
async function printed(): Promise<string> {
  await using server = await startServer(ARGS);
  return server.output();
}

describe("the long banner", () => {
  it.each(vendors)("shows every credential of $title, and what it is for", async (vendor) => {
    await using mock = await startMock();
    const lines = (await printed()).split("\n");
    expect(lines).toContain(vendor.title);
    for (const { purpose, values } of mock.credentials[vendor.name] ?? []) {
      const words = Object.values(values).join("  ");
      expect(lines.find((line) => line.endsWith(`  ${words}`))?.trim()).toMatch(purpose);
    }
  });

  it.each(vendors)("shows every reserved id of $title, and what it does", async (vendor) => {
    const lines = (await printed()).split("\n").map((line) => line.trim().replace(/ +/g, " "));
    expect(lines).toEqual(
      expect.arrayContaining(
        [...vendor.triggers].map(([id, { name, description }]) => `${id} ${name} ${description}`),
      ),
    );
  });
});

describe("a start", () => {
  it("shows the address, the inspector and one credential of each vendor, in a line each", async () => {
    await using server = await startServer(["--port", "0"]);
    await using mock = await startMock();
    const lines = server.output().trim().split("\n");
    expect(lines).toHaveLength(vendors.length + 2);
    for (const [index, { name, title }] of vendors.entries()) {
      const values = Object.entries(mock.credentials[name]?.[0]?.values ?? {}).map(
        ([what, value]) => `${what} ${value}`,
      );
      expect(lines[index]?.split(/ {2,}/)).toEqual([title, ...values]);
    }
    expect(lines.at(-2)).toMatch(/^More +fauxdr serve --verbose, or fauxdr env for a shell$/);
    expect(lines.at(-1)).toMatch(/^fauxdr \S+ listens on .* \(inspector: .*\/__admin\/\)$/);
  });

  it("prints one line where nothing is to be logged", async () => {
    await using server = await startServer(["--port", "0", "--log", "none"]);
    expect(server.output().trim().split("\n")).toHaveLength(1);
  });
});

const bash = needs("bash", "curl");

describe.skipIf(bash.skip)(`a command of the long banner, pasted into a shell${bash.note}`, () => {
  const queued =
    '{"requestId":"4b9c9736-7e66-48b3-a255-ff0066f256d1","message":"Request created successfully and its in progress","responseCode":1009,"remark":"suspicious","status":"queued"}';
  const granted = {
    document: ['{"reply":{"action_id":"1001","status":"1","endpoints_count":"1"}}', queued],
    recorded: ['{"reply": {"action_id": 1001, "status": 1, "endpoints_count": 1}}', queued],
  };

  it.each(WIRE_FORMS)("is granted with a 200 (%s form)", async (wire) => {
    await using server = await startServer([...ARGS, "--wire", wire]);
    const commands = server.output().match(/^curl (?:.*\\\n)*.*$/gm) ?? [];
    const bodies = [];
    for (const command of commands) bodies.push((await run("bash", ["-c", command])).stdout);
    expect(bodies).toHaveLength(vendors.length);
    expect(bodies).toEqual(expect.arrayContaining(granted[wire]));
    const { requests } = await createClient(server).listRequests();
    const seen = requests.map(({ vendor, reply }) => [vendor, reply?.status]);
    expect(seen).toEqual(vendors.map(({ name }) => [name, 200]));
  });
});
