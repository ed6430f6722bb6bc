import type { Judges, Pass } from "./redact-json.ts";
import { decoded, Edits, REDACTED, redactProse, type Taken } from "./redact-text.ts";
import { isWord } from "./secret-names.ts";

/** Hides the values of `name=value&…` whose names are not known to be harmless. The rest stays as it was sent. */
export function redactForm(text: string, judges: Judges, taken: Taken, from = 0): string {
  const edits = new Edits(text);
  for (let start = from; start < text.length; ) {
    PAIR_END.lastIndex = start;
    const end = PAIR_END.test(text) ? PAIR_END.lastIndex - 1 : text.length;
    pair(text, start, end, judges, taken, edits);
    start = end + 1;
  }
  return edits.done();
}

/** By the standard, a second question mark does not begin a parameter, but many clients write one. */
const PAIR_END = /[&?#]/g;

function pair(
  text: string,
  start: number,
  end: number,
  judges: Judges,
  taken: Taken,
  edits: Edits,
): void {
  // Only within the pair: a search of the whole rest for each pair is quadratic.
  const offset = text.slice(start, end).indexOf("=");
  const hasValue = offset >= 0;
  const equals = start + offset;
  const name = decoded(text.slice(start, hasValue ? equals : end));
  const kind = judges.parameter(name.replace(/\[.*/s, ""));
  if (kind === "unknown" && !isWord(name)) {
    edits.replace(start, hasValue ? equals : end, taken.replace(kind, name));
  }
  if (!hasValue) return;
  const value = decoded(text.slice(equals + 1, end));
  if (kind !== "shown") {
    edits.replace(equals + 1, end, taken.replace(kind, value));
    return;
  }
  const clean = redactProse(value, judges.prose, taken);
  if (clean !== value) edits.replace(equals + 1, end, encodeURI(clean).replaceAll("&", "%26"));
}

/** The same for a URL, including a user and password before its host, and parameters in its fragment. */
export function redactUrl(url: string, judges: Judges, taken: Taken): string {
  const [, scheme = "", user] = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#@]*)@/i.exec(url) ?? [];
  let rest = url;
  let before = "";
  if (user !== undefined) {
    const colon = user.indexOf(":");
    taken.take("credential", decoded(user.slice(colon + 1)));
    taken.take("credential", user.slice(colon + 1));
    before = `${scheme}${REDACTED}@`;
    rest = url.slice(scheme.length + user.length + 1);
  }
  const question = rest.search(/[?#]/);
  if (question < 0) return before + redactProse(rest, judges.prose, taken);
  return (
    before +
    redactProse(rest.slice(0, question), judges.prose, taken) +
    redactForm(rest.slice(question), judges, taken, 1)
  );
}

const LONGEST_BOUNDARY = 70;

/** The same for the parts of a multipart body, by their names. Undefined if it is not one. */
export function redactMultipart(
  text: string,
  contentType: string,
  judges: Judges,
  taken: Taken,
): Pass | undefined {
  const boundary = /;\s*boundary="?([^\s";]+)/i.exec(contentType)?.[1];
  if (boundary === undefined || boundary.length > LONGEST_BOUNDARY) return undefined;
  const mark = `--${boundary}`;
  if (!text.startsWith(mark)) return undefined;
  const edits = new Edits(text);
  for (let start = 0; start >= 0; ) {
    const next = text.indexOf(mark, start + mark.length);
    const end = next < 0 ? text.length : next;
    const head = text.slice(start, end).search(/\r?\n\r?\n/);
    if (head >= 0) {
      const from = start + head + (text.startsWith("\r\n", start + head) ? 4 : 2);
      const name = /\bname="?([^"\r\n;]*)/i.exec(text.slice(start, start + head))?.[1] ?? "";
      const kind = /\bfilename/i.test(text.slice(start, start + head))
        ? "unknown"
        : judges.field(name);
      const value = text.slice(from, end).replace(/\r?\n$/, "");
      if (kind === "shown") {
        const clean = redactProse(value, judges.prose, taken);
        if (clean !== value) edits.replace(from, from + value.length, clean);
      } else {
        edits.replace(from, from + value.length, taken.replace(kind, value));
      }
    }
    start = next;
  }
  return { text: edits.done(), end: text.length };
}
