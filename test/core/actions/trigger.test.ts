import { describe, expect, it } from "vitest";
import { lifecycles } from "../../../src/core/actions/progress.ts";
import { faultOf, TRIGGERS, type Trigger, trip } from "../../../src/core/actions/trigger.ts";
import { VendorError } from "../../../src/core/errors.ts";
import { readFaultRule } from "../../../src/core/faults/read-fault.ts";
import { memoryStore } from "../../../src/core/store.ts";

const named = (name: string): Trigger => {
  const found = TRIGGERS.find((trigger) => trigger.name === name);
  if (!found) throw new Error(`no trigger ${name}`);
  return found;
};

/** The refusal that is played, if one is. */
function refused(names: readonly string[], store = memoryStore()): unknown {
  try {
    trip(names.map(named), "quarantine", store);
    return undefined;
  } catch (error) {
    return (error as VendorError).refusal;
  }
}

describe("the table", () => {
  it("has each name and each code once", () => {
    expect(new Set(TRIGGERS.map(({ name }) => name)).size).toBe(TRIGGERS.length);
    expect(new Set(TRIGGERS.map(({ code }) => code)).size).toBe(TRIGGERS.length);
  });

  it("leads to every lifecycle that a target can begin with", () => {
    const led = new Set(TRIGGERS.map(({ lifecycle }) => lifecycle));
    // An abort is asked for while the action runs.
    expect(lifecycles.filter((lifecycle) => !led.has(lifecycle))).toEqual(["aborts"]);
  });

  it("says in a line what happens", () => {
    for (const { name, description } of TRIGGERS) {
      expect(description, name).toMatch(/^the \w[^\n]{9,}[^.\n]$/);
    }
  });

  it("names a lifecycle's trigger as the lifecycle", () => {
    for (const { name, lifecycle } of TRIGGERS.filter(
      ({ refusalOf, fault }) => !refusalOf && !fault,
    )) {
      expect(name, name).toBe(lifecycle);
    }
  });
});

it.each([
  [
    "refuses-400",
    {
      kind: "malformed",
      reason: "the request names the reserved target 400, which forces a 400",
    },
  ],
  [
    "refuses-401",
    {
      kind: "unauthenticated",
      reason: "the request names the reserved target 401, which forces a 401",
    },
  ],
  ["refuses-402", { kind: "unlicensed", principal: "the caller" }],
  ["refuses-403", { kind: "forbidden", principal: "the caller", permission: "quarantine" }],
  ["refuses-429", { kind: "rate-limited", limit: 10, windowSeconds: 1, retryAfterSeconds: 1 }],
  [
    "refuses-500",
    { kind: "failure", reason: "the request names the reserved target 500, which forces a 500" },
  ],
])("%s refuses", (name, refusal) => {
  expect(refused([name])).toEqual({ ...(refusal as object), onRequest: true });
});

it("a refusal is thrown as a VendorError", () => {
  expect(() => trip([named("refuses-500")], "x", memoryStore())).toThrow(VendorError);
});

it.each(lifecycles.filter((lifecycle) => lifecycle !== "aborts"))(
  "%s lets the call through",
  (name) => {
    expect(refused([name])).toBeUndefined();
  },
);

it("the first refusal among the targets counts", () => {
  expect(refused(["completes", "refuses-403", "refuses-500"])).toMatchObject({ kind: "forbidden" });
});

describe("429", () => {
  it("applies to the first call of a tenant, and to no later one", () => {
    const store = memoryStore();
    expect(refused(["refuses-429"], store)).toMatchObject({ kind: "rate-limited" });
    expect(refused(["refuses-429"], store)).toBeUndefined();
    expect(refused(["refuses-429"], store)).toBeUndefined();
    expect(refused(["refuses-429"], memoryStore())).toMatchObject({ kind: "rate-limited" });
  });

  it("applies again after the store was cleared", () => {
    const store = memoryStore();
    refused(["refuses-429"], store);
    store.clear();
    expect(refused(["refuses-429"], store)).toMatchObject({ kind: "rate-limited" });
  });
});

it("every other refusal applies to each call", () => {
  for (const { name } of TRIGGERS.filter(({ refusalOf, once }) => refusalOf && !once)) {
    const store = memoryStore();
    expect(refused([name], store), name).toEqual(refused([name], store));
    expect(refused([name], store), name).toBeDefined();
  }
});

describe("the fault of a reply", () => {
  const fault = (names: readonly string[], store = memoryStore()): unknown =>
    faultOf(names.map(named), store);

  it("is a rule's fault: its effect is told, and it can be played", () => {
    for (const one of TRIGGERS.flatMap((trigger) => trigger.fault ?? [])) {
      expect(readFaultRule({ fault: one })).toEqual({ fault: one });
    }
  });

  it("is the first one's among the targets", () => {
    expect(fault(["completes", "resets", "fails"])).toEqual(named("resets").fault);
  });

  it.each([[[]], [["completes", "fails"]], [["refuses-429", "refuses-500"]]])(
    "is none for %j",
    (names) => {
      expect(fault(names)).toBeUndefined();
    },
  );

  it("applies to the first call of a tenant, and to no later one until the store is cleared", () => {
    const store = memoryStore();
    expect(fault(["resets"], store)).toEqual(named("resets").fault);
    expect(fault(["resets"], store)).toBeUndefined();
    expect(fault(["resets"], memoryStore())).toBeDefined();
    store.clear();
    expect(fault(["resets"], store)).toBeDefined();
  });

  it("applies once, independently of others that applied once", () => {
    const store = memoryStore();
    expect(refused(["refuses-429"], store)).toBeDefined();
    expect(fault(["resets"], store)).toBeDefined();
  });

  it("does not refuse, and a refusal before it leaves it for the next call", () => {
    const store = memoryStore();
    expect(refused(["resets"], store)).toBeUndefined();
    expect(refused(["resets", "refuses-500"], store)).toMatchObject({ kind: "failure" });
    expect(fault(["resets"], store)).toBeDefined();
  });
});
