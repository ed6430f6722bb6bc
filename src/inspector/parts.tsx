import type { JSX } from "preact";
import { useState } from "preact/hooks";

/** Time of day of an ISO 8601 moment, to the millisecond. */
export const timeOf = (at: string): string => at.slice(11, 23);

/** A number with its colour: none yet, good, the caller's mistake, the server's. */
export function Status({ status }: { readonly status: number | undefined }): JSX.Element {
  const tone = status === undefined ? "none" : `s${Math.floor(status / 100)}`;
  return <span class={`status ${tone}`}>{status ?? "—"}</span>;
}

/** How sure it is. */
export function Basis({ basis }: { readonly basis: string | undefined }): JSX.Element | null {
  return basis === undefined ? null : <span class={`basis ${basis}`}>{basis}</span>;
}

export function Copy({
  text,
  children,
}: {
  readonly text: string;
  readonly children: string;
}): JSX.Element {
  const [done, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setDone(true);
  };
  return (
    <button type="button" onClick={() => void copy()} onBlur={() => setDone(false)}>
      {done ? "Copied" : children}
    </button>
  );
}

/** A body as a person wants to read it: JSON in lines, anything else as it is. It is always text, never markup. */
export function Body({
  text,
  cut,
}: {
  readonly text: string;
  readonly cut?: boolean;
}): JSX.Element {
  if (text === "") return <p class="quiet">no body</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keys
    <pre tabIndex={0}>
      {inLines(text)}
      {cut ? "\n… cut by the journal" : ""}
    </pre>
  );
}

/** More than this takes longer to lay out than anybody reads. */
const LONGEST = 100_000;

function inLines(text: string): string {
  if (text.length > LONGEST) return `${text.slice(0, LONGEST)}\n… ${text.length} characters`;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
