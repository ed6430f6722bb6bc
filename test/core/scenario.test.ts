import { describe, expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import { createFaults } from "../../src/core/faults/faults.ts";
import { readFaultRules } from "../../src/core/faults/read-fault.ts";
import {
  allScenarios,
  ORDINARY,
  SCENARIOS,
  type Scenario,
  scenarioParts,
} from "../../src/core/scenario.ts";
import { SETTINGS } from "../../src/settings/table.ts";
import { vendors } from "../../src/vendors/index.ts";

const scenario = (name: string): Scenario => ({ name, description: "made up for this test" });
const red = { name: "red", scenarios: [scenario("offline"), scenario("expired")] };
const blue = { name: "blue", scenarios: [scenario("offline")] };
const GENERAL = SCENARIOS.map(({ name }) => name);

describe.each(allScenarios(vendors))("the scenario $name", ({ name, description, faults = [] }) => {
  it("has a name for a flag, and says in a line what it is", () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(description).toMatch(/^[^\n]{4,119}[^.\n]$/);
  });

  it("has rules that fit, each under a name of its own", () => {
    expect(readFaultRules(faults)).toEqual(faults);
    expect(faults.every(({ id }) => id !== undefined)).toBe(true);
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
  });
});

it("the ordinary one changes nothing, and is the default", () => {
  const [first] = SCENARIOS;
  expect(first).toEqual({ name: ORDINARY, description: expect.any(String) });
  expect(SETTINGS.scenario.default).toBe(ORDINARY);
});

it("all are the general ones first, then the vendors', in their order", () => {
  expect(allScenarios([]).map(({ name }) => name)).toEqual(GENERAL);
  expect(allScenarios([red, blue]).slice(GENERAL.length)).toEqual([
    ...red.scenarios.map((one) => ({ vendor: "red", ...one })),
    ...blue.scenarios.map((one) => ({ vendor: "blue", ...one })),
  ]);
});

describe("a name", () => {
  it.each(GENERAL)("stands for the general one: %s", (name) => {
    expect(scenarioParts(name, [red, blue])).toEqual(SCENARIOS.filter((one) => one.name === name));
  });

  it("stands for every vendor's part of it", () => {
    expect(scenarioParts("offline", [red, blue])).toEqual([
      { vendor: "red", ...red.scenarios[0] },
      { vendor: "blue", ...blue.scenarios[0] },
    ]);
    expect(scenarioParts("expired", [red, blue])).toEqual([{ vendor: "red", ...red.scenarios[1] }]);
  });

  it.each(["", "Offline", "offlin", "toString"])(
    "that stands for nothing is refused: %j",
    (name) => {
      const known = [...GENERAL, "offline", "expired"].join(", ");
      expect(() => scenarioParts(name, [red, blue])).toThrow(
        new KitError(`There is no scenario "${name}": choose from ${known}.`),
      );
    },
  );
});

describe("call by call", () => {
  it.each<[string, number, (string | undefined)[]]>([
    [ORDINARY, 3, [undefined, undefined, undefined]],
    [
      "flaky-gateway",
      8,
      [undefined, "busy", undefined, "bad-gateway", undefined, "lost-reply", undefined, undefined],
    ],
    ["slow-gateway", 11, [...Array(9).fill("seconds"), "minute", "seconds"]],
    ["maintenance", 3, ["maintenance", "maintenance", "maintenance"]],
  ])("%s has the effect that it describes", (name, calls, expected) => {
    const faults = createFaults("seed");
    faults.reset(scenarioParts(name, []).flatMap((part) => part.faults ?? []));
    const call = {
      vendor: "any",
      operation: "any",
      subject: () => ({ url: "/", headers: {}, body: "" }),
    };
    expect(Array.from({ length: calls }, () => faults.apply(call)?.rule)).toEqual(expected);
  });
});
