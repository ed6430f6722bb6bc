import type { Exchange } from "../core/journal/journal.ts";

/** Collects exchanges as they end, and keeps them when a tenant's journal is cleared. */
export interface Worlds {
  add(exchange: Exchange): void;
  /** By tenant, with a new list after every reset, so that the calls of two tests are not mixed. Oldest first. */
  all(): readonly (readonly Exchange[])[];
  /** How many exchanges were dropped because the limit was reached. */
  readonly dropped: number;
}

export function createWorlds(most: number): Worlds {
  const current = new Map<string, Map<number, Exchange>>();
  const worlds: Map<number, Exchange>[] = [];
  let count = 0;
  let dropped = 0;
  return {
    add: (exchange) => {
      if (count >= most) {
        dropped++;
        return;
      }
      count++;
      let world = current.get(exchange.tenant);
      // An id is used again only after a reset.
      if (!world || world.has(exchange.id)) {
        world = new Map();
        worlds.push(world);
        current.set(exchange.tenant, world);
      }
      world.set(exchange.id, exchange);
    },
    all: () => worlds.map((world) => [...world.values()].toSorted((a, b) => a.id - b.id)),
    get dropped() {
      return dropped;
    },
  };
}
