import { expect, it } from "vitest";
import { createWorlds } from "../../src/contract/worlds.ts";
import { startMock } from "../../src/mock.ts";
import { journal } from "../support/journals.ts";

const [one, two] = journal({}, {}) as [never, never];
const ids = (worlds: ReturnType<typeof createWorlds>) =>
  worlds.all().map((world) => world.map(({ id }) => id));

it("puts exchanges into the order in which they came, whichever ended first", () => {
  const worlds = createWorlds(10);
  for (const exchange of [two, one]) worlds.add(exchange);
  expect(ids(worlds)).toEqual([[1, 2]]);
});

it("keeps tenants apart", () => {
  const worlds = createWorlds(10);
  worlds.add(one);
  worlds.add({ ...(one as object), tenant: "other" } as never);
  expect(ids(worlds)).toEqual([[1], [1]]);
});

it("counts what it drops", () => {
  const worlds = createWorlds(1);
  for (const exchange of [one, two]) worlds.add(exchange);
  expect([ids(worlds), worlds.dropped]).toEqual([[[1]], 1]);
});

it("keeps what a reset of a real mock takes out of the journal, and begins anew", async () => {
  const worlds = createWorlds(10);
  const mock = await startMock({ onExchange: worlds.add });
  const call = () => fetch(`${mock.url}/public_api/v1/healthcheck`).then((reply) => reply.text());
  await call();
  await call();
  mock.reset();
  await call();
  await mock.close();
  expect(ids(worlds)).toEqual([[1, 2], [1]]);
});
