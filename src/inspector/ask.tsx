import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A question before something is lost. */
export interface Question {
  readonly title: string;
  /** What will be lost, one line each. */
  readonly losses: readonly string[];
  /** What stays, or can be undone. */
  readonly note?: string;
  /** The word on the button. */
  readonly yes: string;
}

interface AskProps {
  readonly question: Question;
  readonly answer: (yes: boolean) => void;
}

/** The question in a dialog. Escape means no. */
export function Ask({ question, answer }: AskProps): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  const { title, losses, note, yes } = question;
  return (
    <dialog ref={box} aria-labelledby="question" onCancel={() => answer(false)}>
      <h2 id="question">{title}</h2>
      <ul class="losses">
        {losses.map((loss) => (
          <li key={loss}>{loss}</li>
        ))}
      </ul>
      {note && <p class="quiet">{note}</p>}
      <div class="bar tools">
        <button type="button" onClick={() => answer(false)}>
          Cancel
        </button>
        <button type="button" class="danger" onClick={() => answer(true)}>
          {yes}
        </button>
      </div>
    </dialog>
  );
}

/** `1 request`, `2 requests` */
export const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? "" : "s"}`;
