import type { JSX } from "preact";

/** What was done. */
export interface Done {
  readonly text: string;
  readonly undo?: () => Promise<unknown>;
}

interface NoticeProps {
  readonly done: Done;
  readonly fail: (error: Error) => void;
  readonly close: () => void;
}

/** Says what was done, until it is closed. */
export function Notice({ done: { text, undo }, fail, close }: NoticeProps): JSX.Element {
  return (
    <p class="notice" role="status">
      {text}{" "}
      {undo && (
        <button
          type="button"
          onClick={() => {
            close();
            undo().catch(fail);
          }}
        >
          Undo
        </button>
      )}{" "}
      <button type="button" onClick={close}>
        Close
      </button>
    </p>
  );
}
