import type { JSX } from "preact";
import { useState } from "preact/hooks";

/** The time of day of an ISO 8601 time, to the millisecond. */
export const timeOf = (at: string): string => at.slice(11, 23);

/** A status with its colour: none yet, success, client error, server error. */
export function Status({ status }: { readonly status: number | undefined }): JSX.Element {
  const tone = status === undefined ? "none" : `s${Math.floor(status / 100)}`;
  return <span class={`status ${tone}`}>{status ?? "—"}</span>;
}

/** The basis of a reply or an operation. */
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

/** A body for people to read: JSON is indented, anything else unchanged. Always text, never markup. */
export function Body({
  text,
  cut,
}: {
  readonly text: string;
  readonly cut?: boolean;
}): JSX.Element {
  if (text === "") return <p class="quiet">no body</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it
    <pre tabIndex={0}>
      {inLines(text)}
      {cut ? "\n… cut by the journal" : ""}
    </pre>
  );
}

/** Longer texts take too long to lay out. */
const LONGEST = 100_000;

function inLines(text: string): string {
  if (text.length > LONGEST) return `${text.slice(0, LONGEST)}\n… ${text.length} characters`;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
