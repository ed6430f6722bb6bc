import { early, withoutProse } from "./early-request.ts";
import { secretFinder } from "./find-secrets.ts";
import { redactBody } from "./redact-body.ts";
import { redactUrl } from "./redact-form.ts";
import { Edits, NOT_SHOWN, REDACTED, redactProse, Taken } from "./redact-text.ts";
import { fieldJudge, headerJudge, type Known, parameterJudge, proseJudge } from "./secret-names.ts";

export { NOT_SHOWN, REDACTED } from "./redact-text.ts";

type Headers = Readonly<Record<string, string | undefined>>;

/** The visible text of a body. Undefined if the body cannot be parsed. */
export type ShownBody = string | undefined;

/** A request without anything that may be secret. */
export interface Redacted {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: ShownBody;
  /** For the rest of the exchange: also removes the request's values under unknown names. */
  readonly rest: Redactor;
}

/** Takes secrets out of an exchange before it is stored. */
export interface Redactor {
  /** Removes secrets from JSON, a form, a URL or free text: by name, and known ones anywhere. */
  text(text: string): string;
  headers(headers: Headers): Record<string, string>;
  /** Whether a text contains a secret. */
  finds(text: string): boolean;
  /** A whole request. `isOpen`: its body has not arrived, and may show that something before it is a secret. */
  request(method: string, url: string, headers: Headers, body: string, isOpen?: boolean): Redacted;
  /** Unknown values in the place of a credential. They may be real keys. */
  presented(url: string, headers: Headers, body: string): string[];
  /** A redactor that also removes these. */
  with(more: readonly string[]): Redactor;
}

/** Removing a shorter secret would make holes in every body. */
const SHORTEST = 6;

/**
 * Removes credentials by their names, and each of `secrets` anywhere, so that a key in the wrong place is hidden too.
 * With `known`, it also hides all values under other names, and every body that cannot be parsed.
 */
export function redactor(secrets: Iterable<string>, known?: Known): Redactor {
  const all = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST);
  return new NamedRedactor(new Names(all, known), [], false);
}

/** What is the same for all requests. */
class Names {
  readonly secrets: ReadonlySet<string>;
  readonly find: ReturnType<typeof secretFinder>;
  readonly known: Known | undefined;
  readonly field: ReturnType<typeof fieldJudge>;
  readonly parameter: ReturnType<typeof parameterJudge>;
  readonly prose: ReturnType<typeof proseJudge> = proseJudge();
  readonly header: ReturnType<typeof headerJudge>;
  /** The last headers, by their number: a client sends the same ones in call after call. */
  readonly sets: (HeaderSet | undefined)[] = [];

  /** For texts that fauxdr wrote: only credentials are removed. */
  readonly ours: Names;

  constructor(
    secrets: readonly string[],
    known: Known | undefined,
    find: ReturnType<typeof secretFinder> = secretFinder(secrets),
  ) {
    this.secrets = new Set(secrets);
    this.find = find;
    this.ours = known ? new Names(secrets, undefined, find) : this;
    this.known = known;
    this.field = fieldJudge(known);
    this.parameter = parameterJudge(known);
    this.header = headerJudge(known);
  }
}

interface HeaderSet {
  readonly names: readonly string[];
  readonly from: Headers;
  /** Redacted by name, before the search for secrets. */
  readonly named: Record<string, string>;
  readonly clean: Record<string, string>;
  readonly taken: Taken;
  /** Removes the credentials in these headers. */
  readonly presented: NamedRedactor;
}

class NamedRedactor implements Redactor {
  readonly #names: Names;
  readonly #more: readonly string[];
  readonly #find: ReturnType<typeof secretFinder> | undefined;
  /** There were more values than the search can handle, so nothing is shown. */
  readonly #isBlind: boolean;
  /** For texts that fauxdr wrote. Made once, because most requests add no values to it. */
  #plainOurs: NamedRedactor | undefined;

  constructor(names: Names, more: readonly string[], isBlind: boolean) {
    this.#names = names;
    this.#more = more;
    this.#find = more.length === 0 ? undefined : secretFinder(more);
    this.#isBlind = isBlind;
  }

  readonly text = (text: string): string =>
    this.#isBlind ? NOT_SHOWN : this.#strip(redactProse(text, this.#names.prose, new Taken()));

  readonly headers = (headers: Headers): Record<string, string> => {
    const set = this.#read(headers);
    return this.#find || this.#isBlind ? this.#stripAll(set.named) : set.clean;
  };

  request(method: string, url: string, headers: Headers, body: string, isOpen = false): Redacted {
    const set = this.#read(headers);
    const { known } = this.#names;
    const presented = set.presented.with(this.#more);
    const taken = new Taken((text) => presented.finds(text));
    const shownUrl = redactUrl(url, this.#names, taken);
    const shownBody =
      body === "" ? "" : redactBody(body, headers["content-type"] ?? "", this.#names, taken);
    const clean = presented.with(presented.#unknown(taken.credentials), taken.isTooMuch);
    return {
      method: clean.text(method),
      url: clean.#isBlind
        ? NOT_SHOWN
        : clean.#strip(isOpen && known ? early(shownUrl, known) : shownUrl),
      headers: isOpen && known ? withoutProse(clean.headers(headers)) : clean.headers(headers),
      body: shownBody === undefined || clean.#isBlind ? undefined : clean.#strip(shownBody),
      rest: clean.#ours([...set.taken.unknown, ...taken.unknown]),
    };
  }

  presented(url: string, headers: Headers, body: string): string[] {
    const taken = new Taken();
    redactUrl(url, this.#names, taken);
    if (body !== "") redactBody(body, headers["content-type"] ?? "", this.#names, taken);
    return this.#unknown([...this.#read(headers).taken.credentials, ...taken.credentials]);
  }

  with(more: readonly string[], isBlind = false): NamedRedactor {
    if (more.length === 0 && !isBlind) return this;
    return new NamedRedactor(this.#names, [...this.#more, ...more], isBlind || this.#isBlind);
  }

  #ours(more: readonly string[]): NamedRedactor {
    if (more.length > 0)
      return new NamedRedactor(this.#names.ours, [...this.#more, ...more], this.#isBlind);
    this.#plainOurs ??= new NamedRedactor(this.#names.ours, this.#more, this.#isBlind);
    return this.#plainOurs;
  }

  #unknown(values: readonly string[]): string[] {
    return values.filter((value) => !this.#names.secrets.has(value) && !this.#more.includes(value));
  }

  finds(text: string): boolean {
    return (
      this.#names.find(text)?.length !== 0 ||
      (this.#find !== undefined && this.#find(text)?.length !== 0)
    );
  }

  #strip(text: string): string {
    const clean = stripped(text, this.#names.find);
    return this.#find ? stripped(clean, this.#find) : clean;
  }

  #stripAll(headers: Record<string, string>): Record<string, string> {
    const clean: Record<string, string> = {};
    for (const name in headers) {
      const value = headers[name] as string;
      clean[this.#strip(name)] = this.#isBlind ? NOT_SHOWN : this.#strip(value);
    }
    return clean;
  }

  #read(headers: Headers): HeaderSet {
    const names = Object.keys(headers);
    const last = this.#names.sets[names.length];
    if (last?.names.every((name, at) => name === names[at] && headers[name] === last.from[name])) {
      return last;
    }
    const taken = new Taken((text) => this.#names.find(text)?.length !== 0);
    const named: Record<string, string> = {};
    for (const name of names) named[name] = this.#header(name, headers[name] ?? "", taken);
    const plain = new NamedRedactor(this.#names, [], false);
    const presented = plain.with(plain.#unknown(taken.credentials), taken.isTooMuch);
    const clean = plain.#stripAll(named);
    const set = { names, from: headers, named, clean, taken, presented };
    if (names.length < MOST_HEADERS) this.#names.sets[names.length] = set;
    return set;
  }

  #header(name: string, value: string, taken: Taken): string {
    const kind = this.#names.header(name);
    switch (kind) {
      case "credential":
        takeCredentials(value, this.#names.secrets, taken);
        return REDACTED;
      case "key-id":
        // A key in the place of its id.
        if (/^\d{0,20}$/.test(value)) return value;
        return taken.replace("credential", value);
      case "unknown":
        return taken.replace(kind, value);
      default:
        return ADDRESSES.has(name.toLowerCase())
          ? redactUrl(value, this.#names, taken)
          : redactProse(value, this.#names.prose, taken);
    }
  }
}

const MOST_HEADERS = 200;
const ADDRESSES = new Set(["referer", "location", "content-location", "origin", "host"]);

/** Collects the parts of a credentials header, and the password of Basic. A known key is not split. */
function takeCredentials(value: string, known: ReadonlySet<string>, taken: Taken): void {
  if (known.has(value)) return;
  for (const word of value.split(/[\s;,=]+/)) taken.take("credential", word);
  const packed = /^\s*basic\s+([\w+/=-]+)\s*$/i.exec(value)?.[1];
  if (packed === undefined) return;
  const pair = Buffer.from(packed, "base64").toString("utf8");
  taken.take("credential", pair.slice(pair.indexOf(":") + 1));
}

function stripped(text: string, find: ReturnType<typeof secretFinder>): string {
  const places = find(text);
  if (!places) return NOT_SHOWN;
  if (places.length === 0) return text;
  const edits = new Edits(text);
  for (const [start, end] of places) edits.replace(start, end, REDACTED);
  return edits.done();
}
