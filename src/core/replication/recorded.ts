import type { Entry, Exchange } from "../journal/journal.ts";

/** What the end of an exchange adds to it, so that the rest is written once. */
export type End = readonly [durationMs: number, isAborted: boolean, bytes: number];

/** One exchange of a replicated journal. */
export interface Slot {
  /** Names the server that records it, and the exchange. */
  readonly mark: string;
  /** Builds its current state, while it is recorded here and has changes to report. */
  live: Pick<Entry, "read"> | undefined;
  text: string;
  end: End | undefined;
  read: Exchange | undefined;
}

/** What the journal does when an exchange that is recorded here changes. */
export interface Steps {
  update(entry: Recorded): void;
  end(entry: Recorded, end: End): void;
}

/** An exchange that is recorded here. A class, because its methods would be five new functions for each exchange. */
export class Recorded implements Entry {
  readonly id: number;
  readonly slot: Slot;
  readonly #build: (id: number) => Exchange;
  readonly #steps: Steps;

  constructor(id: number, mark: string, build: (id: number) => Exchange, steps: Steps) {
    this.id = id;
    this.slot = { mark, live: this, text: "", end: undefined, read: undefined };
    this.#build = build;
    this.#steps = steps;
  }

  read(): Exchange {
    return this.#build(this.id);
  }

  update(): void {
    this.#steps.update(this);
  }

  close(): Exchange {
    const exchange = this.read();
    const { request, reply, durationMs, aborted = false } = exchange;
    const bytes = request.body.text.length + (reply?.body.text.length ?? 0);
    this.closeUnread(bytes, durationMs, aborted);
    return exchange;
  }

  closeUnread(bytes: number, durationMs = 0, isAborted = false): void {
    this.#steps.end(this, [durationMs, isAborted, bytes]);
  }
}
