import { redactForm, redactMultipart } from "./redact-form.ts";
import { type Judges, type Pass, redactJson } from "./redact-json.ts";
import { NOT_SHOWN, redactProse, type Taken } from "./redact-text.ts";
import type { Known } from "./secret-names.ts";

/** How names are judged, and the known names. Without known names, everything but credentials is shown. */
export type BodyJudges = Judges & { readonly known: Known | undefined };

/**
 * The harmless parts of JSON, of a form or of a multipart body. Undefined for any other body, unless everything but
 * credentials is to be shown.
 */
export function redactBody(
  body: string,
  contentType: string,
  names: BodyJudges,
  taken: Taken,
): string | undefined {
  const { prose, known } = names;
  const start = body.startsWith("\ufeff") ? 1 : 0;
  const pass = structured(start === 0 ? body : body.slice(start), contentType, names, taken);
  if (!pass) return known ? undefined : redactProse(body, prose, taken);
  const rest = body.slice(start + pass.end);
  const shown = body.slice(0, start) + pass.text;
  if (rest === "") return shown;
  return shown + (known ? NOT_SHOWN : redactProse(rest, prose, taken));
}

function structured(
  text: string,
  contentType: string,
  names: BodyJudges,
  taken: Taken,
): Pass | undefined {
  if (/^\s*[[{"]/.test(text) || /^(?:true|false|null|-?\d[\d.eE+-]*)$/.test(text)) {
    return redactJson(text, names, taken);
  }
  if (/^\s*multipart\//i.test(contentType)) return redactMultipart(text, contentType, names, taken);
  const isForm = contentType.includes("x-www-form-urlencoded") || /^[\w.%+[\]-]{1,64}=/.test(text);
  if (isForm) return { text: redactForm(text, names, taken), end: text.length };
  return undefined;
}
