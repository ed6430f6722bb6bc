import { afterAll, beforeAll, expect } from "vitest";
import type { Target } from "../../src/contract/target.ts";
import { type Mock, startMock } from "../../src/mock.ts";
import { mockTarget } from "../../src/testing/mock-target.ts";

/**
 * Starts one mock for the clients of a test file. Returns a function that makes a target for one of them, whose tenants
 * have names of their own. Calls without a tenant cannot be told apart there, so the file fails if one comes.
 */
export function sharedMock(): () => Target {
  let mock: Mock;
  let clients = 0;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(async () => {
    const strays = await mockTarget(mock).strays();
    await mock.close();
    expect(strays.map(({ request }) => `${request.method} ${request.url}`)).toEqual([]);
  });
  return () => {
    const prefix = `client-${++clients}-`;
    const target = mockTarget(mock);
    return {
      ...target,
      createTenant: (name, settings) => target.createTenant(prefix + name, settings),
      exchanges: (name) => target.exchanges(prefix + name),
      verify: (name, expectation) => target.verify(prefix + name, expectation),
      dropped: (name) => target.dropped(prefix + name),
      strays: async () => [],
    };
  };
}
