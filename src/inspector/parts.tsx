import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";

/** A status with its colour: none yet, success, client error, server error. */
export function Status({ status }: { readonly status: number | undefined }): JSX.Element {
  const tone = status === undefined ? "none" : `s${Math.floor(status / 100)}`;
  return <span class={`status ${tone}`}>{status ?? "—"}</span>;
}

/** The basis of a reply or an operation. */
export function Basis({ basis }: { readonly basis: string | undefined }): JSX.Element | null {
  return basis === undefined ? null : <span class={`basis ${basis}`}>{basis}</span>;
}

/** A name and its value in a list. */
export function Fact({
  name,
  value,
}: {
  readonly name: string;
  readonly value: string;
}): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** A button that copies a text. `text` may be a function, for what is made at the click. */
export function Copy({
  text,
  children,
  label,
}: {
  readonly text: string | (() => Promise<string>);
  readonly children: string;
  /** What a screen reader says, where the word on the button is not enough. */
  readonly label?: string;
}): JSX.Element {
  const [said, setSaid] = useState<string>();
  const copy = async (): Promise<void> => {
    try {
      await toClipboard(typeof text === "string" ? text : await text());
      setSaid("Copied");
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  return (
    <button
      type="button"
      aria-label={said ?? label}
      onClick={() => void copy()}
      onBlur={() => setSaid(undefined)}
    >
      {said ?? children}
    </button>
  );
}

/** Browsers offer their clipboard to pages of https and of this machine only. */
async function toClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (!isCopied) throw new Error("The browser did not copy it");
}

/** A source. Addresses in it can be opened. */
export function Source({
  text,
  url,
}: {
  readonly text: string;
  readonly url?: string;
}): JSX.Element {
  const parts = text.split(/(https?:\/\/[^\s,;)]+)/);
  return (
    <>
      {url === undefined ? (
        parts.map((part, at) => (at % 2 === 1 ? <Open key={part} url={part} text={part} /> : part))
      ) : (
        <Open url={url} text={text} />
      )}
    </>
  );
}

const Open = ({ url, text }: { readonly url: string; readonly text: string }): JSX.Element => (
  <a href={url} target="_blank" rel="noreferrer">
    {text}
  </a>
);

/** A body for people to read: JSON is indented, anything else unchanged. Always text, never markup. */
export function Body({
  text,
  cut,
}: {
  readonly text: string;
  readonly cut?: boolean;
}): JSX.Element {
  const shown = useMemo(() => inLines(text), [text]);
  if (text === "") return <p class="quiet">no body</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it
    <pre tabIndex={0}>
      {shown}
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
