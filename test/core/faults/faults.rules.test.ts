import { describe, expect, it } from "vitest";
import { KitError } from "../../../src/core/errors.ts";
import type { Fault, FaultRule } from "../../../src/core/faults/fault.ts";
import { createFaults, type FaultableCall, type Faults } from "../../../src/core/faults/faults.ts";

const fault: Fault = { kind: "broken-json" };
const call: FaultableCall = {
  vendor: "acme",
  operation: "addDevice",
  subject: () => ({ url: "/", headers: {}, body: "" }),
};

const faults = (...ids: readonly string[]): Faults => {
  const made = createFaults("seed");
  for (const id of ids) made.add({ id, fault });
  return made;
};

const idsOf = (of: Faults): string[] => of.list().map(({ id }) => id);

describe("a rule that is added", () => {
  it("is answered and listed with its id and nothing counted, the newest last", () => {
    const made = faults("a");
    const rule: FaultRule = { id: "b", operation: "addDevice", times: 2, fault };
    expect(made.add(rule)).toEqual({ ...rule, matched: 0, applied: 0 });
    expect(made.list()[1]).toEqual({ ...rule, matched: 0, applied: 0 });
    expect(idsOf(made)).toEqual(["a", "b"]);
  });

  it("gets an id where it has none, and never one that is taken", () => {
    const made = faults("fault-2", "fault-3");
    const given = [1, 2, 3].map(() => made.add({ fault }).id);
    expect(given).toEqual(["fault-1", "fault-4", "fault-5"]);
  });

  it("is refused with the id of another one, which stays as it is", () => {
    const made = faults("a", "b");
    made.apply(call);
    const before = made.list();
    expect(() => made.add({ id: "a", times: 1, fault: { kind: "html-page" } })).toThrow(
      new KitError('A fault rule "a" already exists: choose another id.'),
    );
    expect(made.list()).toEqual(before);
  });

  it("leaves a list that was handed out as it was, and the rule that was given", () => {
    const made = faults("a");
    const before = made.list();
    const rule: FaultRule = { id: "b", fault };
    const added = made.add(rule);
    made.apply(call);
    expect(before.map(({ id, applied }) => [id, applied])).toEqual([["a", 0]]);
    expect(added.matched).toBe(0);
    expect(rule).toEqual({ id: "b", fault });
  });
});

describe("a rule that is removed", () => {
  it("no longer applies, and its id is free", () => {
    const made = faults("a", "b");
    expect(made.remove("a")).toBe(true);
    expect(idsOf(made)).toEqual(["b"]);
    expect(made.apply(call)?.rule).toBe("b");
    expect(made.add({ id: "a", fault })).toMatchObject({ matched: 0 });
  });

  it.each(["c", "", "toString"])("was there: %j was not", (id) => {
    const made = faults("a", "b");
    expect(made.remove(id)).toBe(false);
    expect(idsOf(made)).toEqual(["a", "b"]);
  });

  it("is not there to be removed again", () => {
    const made = faults("a");
    made.remove("a");
    expect(made.remove("a")).toBe(false);
  });
});

describe("a reset", () => {
  it("leaves no rule, or those that it is given, with nothing counted", () => {
    const made = faults("a", "b");
    made.apply(call);
    made.reset([{ id: "b", times: 1, fault }]);
    expect(made.list()).toEqual([{ id: "b", times: 1, fault, matched: 0, applied: 0 }]);
    made.reset();
    expect(made.list()).toEqual([]);
    expect(made.apply(call)).toBeUndefined();
  });

  it("counts made-up ids from the beginning", () => {
    const made = createFaults("seed");
    made.add({ fault });
    made.reset([{ fault }]);
    expect(idsOf(made)).toEqual(["fault-1"]);
  });

  it("restores the first state of the random source", () => {
    const rule: FaultRule = {
      id: "a",
      probability: 0.5,
      fault: { kind: "delay", delayMs: [0, 99] },
    };
    const run = (of: Faults): unknown[] => Array.from({ length: 40 }, () => of.apply(call));
    const made = createFaults("seed");
    made.add(rule);
    const first = run(made);
    made.reset([rule]);
    expect(run(made)).toEqual(first);
  });

  it("refuses rules of which two have one id", () => {
    const made = faults();
    const rule = { id: "a", fault };
    expect(() => made.reset([rule, rule])).toThrow(
      new KitError('A fault rule "a" already exists: choose another id.'),
    );
  });
});
