import { setImmediate } from "node:timers/promises";
import { type Exchange, type Mock, type MockOptions, startMock } from "../../src/index.ts";

/** A mock whose exchanges can be waited for. */
export interface Watched extends Mock {
  /** The next exchange that ends, or ended and was not asked for yet. */
  closed(): Promise<Exchange>;
}

/** A client sees a broken connection before the journal does, so tests wait for the journal. */
export async function startWatched(options: MockOptions = {}): Promise<Watched> {
  const ended: Exchange[] = [];
  const mock = await startMock({ ...options, onExchange: (exchange) => void ended.push(exchange) });
  const closed = async (): Promise<Exchange> => {
    await until(() => ended.length > 0);
    return ended.shift() as Exchange;
  };
  return Object.assign(mock, { closed });
}

/** Lets everything else run until it holds; never, and the test runs into its time limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate();
}
