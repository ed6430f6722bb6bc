import { describe, expect, it } from "vitest";
import { readFaultRules } from "../../../../src/core/faults/read-fault.ts";
import { readExpectation } from "../../../../src/core/journal/verify.ts";
import { startMock } from "../../../../src/mock.ts";
import { readTenantSettings } from "../../../../src/settings/read.ts";
import { cases } from "../../../../src/vendors/qualys/cases/cases.ts";
import type { Input } from "../../../../src/vendors/qualys/cases/world.ts";
import { AGENTS, HOSTS, SOON } from "../../../../src/vendors/qualys/cases/world.ts";
import { drive } from "../../../support/broken-qualys/drive.ts";
import { programClient } from "../../../support/program-client.ts";
import { files, read } from "../../../support/repository.ts";

describe("the cases", () => {
  it("are at least 28, each with a unique id that begins with the vendor's name", () => {
    const ids = cases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(28);
    expect(ids.filter((id) => !/^qualys(\.[a-z0-9-]+){2}$/.test(id))).toEqual([]);
  });

  it("have no id that a rule has", async () => {
    const { rules } = await import("../../../../src/vendors/qualys/rules/rules.ts");
    const taken = new Set(rules.map(({ id }) => id));
    expect(cases.filter(({ id }) => taken.has(id))).toEqual([]);
  });

  it("are all in the list, whichever file they are in", () => {
    const written = files("src/vendors/qualys/cases").flatMap((file) =>
      [...read(file).matchAll(/id: "(qualys\.[^"]+)"/g)].map(([, id]) => id),
    );
    expect(cases.map(({ id }) => id).toSorted()).toEqual(written.toSorted());
  });

  it("say what is promised in one line, and where that is written", () => {
    const unsaid = cases.filter(
      ({ title, source }) => !/^[A-Z].{20,110}[^.]$/.test(title) || source.length < 20,
    );
    expect(unsaid).toEqual([]);
  });

  it("are plain data", () => {
    expect(JSON.parse(JSON.stringify(cases))).toEqual(cases);
  });
});

const USUAL_LIMIT = Math.max(...cases.map(({ input }) => Number(input["giveUpSeconds"])));

describe.each(cases)("$id", ({ settings = {}, wire = [], targets = [], impostor, ...one }) => {
  const { input, outcomes, needs = [], waives = [] } = one;
  it("has settings, faults and expectations that can be read", () => {
    readTenantSettings(settings);
    readFaultRules(settings["faults"] ?? []);
    for (const expectation of wire) readExpectation(expectation);
    // What it wants to see: calls, or each target accounted for. An impostor looks for calls itself.
    expect([...wire, ...targets, ...(impostor ? [impostor] : [])]).not.toEqual([]);
  });

  it("is only for clients that wait, where it makes them wait", () => {
    expect(needs.includes("waits")).toBe(input["wait"] === true);
  });

  it("lets a client poll as rarely as it likes, where it has to give up early", () => {
    const isEarly = Number(input["giveUpSeconds"]) < USUAL_LIMIT;
    expect(waives.includes("poll.left-early")).toBe(isEarly);
  });

  it("lets a client end in time", () => {
    const { wait, pollSeconds, giveUpSeconds } = input as unknown as Input;
    expect(pollSeconds).toBeGreaterThan(0.1);
    expect(giveUpSeconds).toBeLessThan(10);
    // What is to be given up must be given up soon: many cases run in a row.
    if (outcomes.length === 1 && giveUpSeconds === SOON.giveUpSeconds) expect(wait).toBe(true);
  });
});

it("the agents of the cases are in the inventory", async () => {
  await using mock = await startMock();
  const response = await fetch(`${mock.url}/ioc/asset/all?pageSize=1000`, {
    headers: { authorization: "Bearer fauxdr-token" },
  });
  const known = ((await response.json()) as { agentId: string }[]).map(({ agentId }) => agentId);
  expect(known).toEqual(
    expect.arrayContaining([...Object.values(AGENTS), ...Object.values(HOSTS)]),
  );
});

describe("a client that does nothing", () => {
  it.each([0, 1])("passes no case, whichever way it ends: %s", async (exitCode) => {
    const client = programClient(`process.exitCode = ${exitCode};`);
    const results = (await drive(client)).filter(({ vendor }) => vendor === "qualys");
    expect(results).toHaveLength(cases.flatMap(({ wireForms }) => wireForms).length);
    expect(results.filter(({ outcome }) => outcome === "pass")).toEqual([]);
  });
});
