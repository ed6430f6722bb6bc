import { describe, expect, it } from "vitest";
import { createTenant, type Tenant, type TenantSettings } from "../../../src/core/tenant.ts";
import {
  countPoll,
  createAction,
  endpointsOfHash,
  isBeingRestored,
  isolationOf,
  isQuarantined,
  lastScan,
} from "../../../src/vendors/cortex/actions.ts";
import {
  actions,
  type Endpoint,
  endpoints,
  type Kind,
  seedEndpoints,
} from "../../../src/vendors/cortex/state.ts";
import { CLOCK, ENDPOINT, NOW, OTHER, reserved } from "../../support/cortex.ts";
import { BARE, DAY, HASH, OFFLINE, SECOND } from "../../support/cortex-client.ts";
import { defaultSettings } from "../../support/settings.ts";

const done = 2 * SECOND;
const FILE = { path: "C:\\a", hash: HASH };

const tenant = (settings: Partial<TenantSettings> = {}, number = 0): Tenant =>
  createTenant({
    name: number === 0 ? "default" : `tenant-${number}`,
    number,
    settings: { ...defaultSettings, clock: CLOCK, ...settings },
    begin: (fresh) => {
      seedEndpoints(fresh);
      return [];
    },
  });

const endpoint = (of: Tenant, id: string): Endpoint => {
  const found = of.store.get(endpoints, id);
  if (!found) throw new Error(`no endpoint ${id}`);
  return found;
};

const act = (of: Tenant, kind: Kind, ids: readonly string[], detail = {}): string =>
  createAction(
    of,
    kind,
    ids.map((id) => endpoint(of, id)),
    detail,
  ).id;

describe("the ids of actions", () => {
  it("are counted up from 1001, in whole numbers", () => {
    const subject = tenant();
    expect([1, 2, 3].map(() => act(subject, "scan", [ENDPOINT]))).toEqual(["1001", "1002", "1003"]);
  });

  it("are those of no other tenant", () => {
    expect(act(tenant({}, 1), "scan", [ENDPOINT])).toBe("10001001");
    expect(act(tenant({}, 200), "scan", [ENDPOINT])).toBe("2000001001");
  });
});

describe("the lifecycle of an action", () => {
  it.each<readonly [Kind, string, string]>([
    ["quarantine", ENDPOINT, "completes"],
    ["quarantine", BARE, "file-absent"],
    ["quarantine", OFFLINE, "expires"],
    ["quarantine", reserved(2), "fails"],
    ["restore", BARE, "completes"],
    ["isolate", BARE, "completes"],
    ["scan", BARE, "completes"],
    ["scan", OFFLINE, "expires"],
    ["file_retrieval", ENDPOINT, "completes"],
    ["file_retrieval", BARE, "file-absent"],
    ["file_retrieval", OFFLINE, "expires"],
    ["file_retrieval", reserved(1), "completes"],
  ])("for %s on %s is %s", (kind, id, lifecycle) => {
    const subject = tenant();
    act(subject, kind, [id], FILE);
    expect(subject.store.all(actions)[0]?.targets).toEqual([{ id, lifecycle }]);
  });

  it("depends on the hash when an endpoint's files are known", () => {
    const subject = tenant();
    subject.store.put(endpoints, { ...endpoint(subject, ENDPOINT), files: [HASH] });
    act(subject, "quarantine", [ENDPOINT], FILE);
    act(subject, "quarantine", [ENDPOINT], { ...FILE, hash: "00" });
    act(subject, "file_retrieval", [ENDPOINT]);
    const lifecycles = subject.store.all(actions).map(({ targets }) => targets[0]?.lifecycle);
    expect(lifecycles).toEqual(["completes", "file-absent", "completes"]);
  });
});

describe("a file's quarantine", () => {
  it("follows from the newest successful action", () => {
    const subject = tenant();
    const is = (path?: string): boolean => isQuarantined(subject, ENDPOINT, HASH, path);
    act(subject, "quarantine", [ENDPOINT], FILE);
    expect(is()).toBe(false);
    subject.clock.advance(SECOND);
    expect(is()).toBe(false);
    subject.clock.advance(SECOND);
    expect([is(), is("C:\\a"), is("C:\\b")]).toEqual([true, true, false]);
    act(subject, "quarantine", [ENDPOINT], { ...FILE, path: "C:\\b" });
    subject.clock.advance(done);
    expect([is(), is("C:\\a"), is("C:\\b")]).toEqual([true, true, true]);
    act(subject, "restore", [ENDPOINT], { hash: HASH });
    expect([is(), isBeingRestored(subject, ENDPOINT, HASH)]).toEqual([true, true]);
    subject.clock.advance(done);
    expect([is(), is("C:\\a"), is("C:\\b")]).toEqual([false, false, false]);
    expect(isBeingRestored(subject, ENDPOINT, HASH)).toBe(false);
  });

  it.each([2, 3, 4, 5, 6, 9, 10])("is none after an end that is not good (%d)", (code) => {
    const subject = tenant();
    act(subject, "quarantine", [reserved(code)], FILE);
    subject.clock.advance(2 * DAY);
    expect(isQuarantined(subject, reserved(code), HASH)).toBe(false);
  });

  it("is another one for another hash and for another endpoint", () => {
    const subject = tenant();
    act(subject, "quarantine", [ENDPOINT], FILE);
    subject.clock.advance(done);
    expect(isQuarantined(subject, ENDPOINT, "00")).toBe(false);
    expect(isQuarantined(subject, OTHER, HASH)).toBe(false);
  });

  it("is looked up once on each endpoint of an action", () => {
    const subject = tenant();
    act(subject, "quarantine", [ENDPOINT, BARE], FILE);
    act(subject, "quarantine", [ENDPOINT, OTHER], { ...FILE, path: "C:\\b" });
    act(subject, "restore", [ENDPOINT], { hash: HASH });
    expect(endpointsOfHash(subject, HASH)).toEqual([ENDPOINT, BARE, OTHER]);
    expect(endpointsOfHash(subject, "00")).toEqual([]);
  });
});

describe("an endpoint's isolation and scan", () => {
  it("follow from its own actions", () => {
    const subject = tenant();
    act(subject, "isolate", [ENDPOINT]);
    act(subject, "scan", [ENDPOINT]);
    subject.clock.advance(done);
    expect(isolationOf(subject, ENDPOINT)).toEqual({ status: "AGENT_ISOLATED", since: NOW });
    expect(isolationOf(subject, OTHER)).toEqual({ status: "AGENT_UNISOLATED", since: null });
    expect(lastScan(subject, ENDPOINT)).toMatchObject({
      action: { id: "1002" },
      state: "succeeded",
    });
    expect(lastScan(subject, OTHER)).toBeUndefined();
  });

  it("do not count the abort of a scan as a scan", () => {
    const subject = tenant();
    act(subject, "scan", [ENDPOINT]);
    act(subject, "abort_scan", [ENDPOINT]);
    expect(lastScan(subject, ENDPOINT)?.action.id).toBe("1001");
  });
});

describe("a status call", () => {
  it.each([
    ["polls", 1],
    ["time", 0],
    ["manual", 0],
  ] as const)("counts where it moves actions on (%s)", (progress, polls) => {
    const subject = tenant({ progress });
    const action = createAction(subject, "scan", [endpoint(subject, ENDPOINT)]);
    expect(countPoll(action, subject).polls).toBe(polls);
    expect(subject.store.get(actions, action.id)?.polls).toBe(polls);
  });
});
