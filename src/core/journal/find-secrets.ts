import { CONTROLS, normal } from "./normal-form.ts";

/** A JSON Web Token of any signer. It must begin a word, so that the search does not start again at each letter. */
const TOKEN = /(?<![\w-])eyj[\w-]+\.[\w-]+\.[\w-]*/gi;

/** Only the beginning of a longer secret is searched for. The text after it is hidden up to the next delimiter. */
const LONGEST = 64;
const DELIMITER = /["'&\s<>,;\\]/g;

/** Returns where secrets are in a text, in order. Undefined if the search would take too long. */
type Find = (text: string) => readonly (readonly [start: number, end: number])[] | undefined;

/**
 * Searches for many secrets at once (Wu and Manber's algorithm), in every spelling of URLs, forms, JSON and Base64. It
 * reads a text once. A text that needs too many comparisons is treated as an attack: the search gives up.
 */
export function secretFinder(secrets: readonly string[]): Find {
  const hasControls = secrets.some((secret) => CONTROLS.test(secret));
  const needles = [...new Set(secrets.flatMap(spellings))].filter(({ length }) => length >= 4);
  const window = Math.min(LONGEST, ...needles.map(({ length }) => length));
  const shifts = new Uint8Array(BLOCKS).fill(window - 1);
  const ending = new Map<number, string[]>();
  for (const needle of needles) {
    for (let at = 1; at < window; at++) {
      const block = blockAt(needle, at);
      shifts[block] = Math.min(shifts[block] as number, window - 1 - at);
    }
    const last = blockAt(needle, window - 1);
    const others = ending.get(last);
    if (others) others.push(needle);
    else ending.set(last, [needle]);
  }
  const cutAt = new Set(needles.filter(({ length }) => length === LONGEST));
  const swallowed = needles.filter((needle) => /^[\da-fu]/.test(needle));
  const firsts = new Uint8Array(128);
  for (const needle of swallowed) firsts[needle.charCodeAt(0)] = 1;

  return (text) => {
    const found: [number, number][] = [];
    if (text.length < 4) return found;
    const { form, starts } = normal(text, hasControls);
    const place = (at: number): number =>
      starts ? (at < starts.length ? (starts[at] as number) : text.length) : at;
    let left = 2 * form.length + 4096;
    for (let at = window - 1; needles.length > 0 && at < form.length; ) {
      const block = blockAt(form, at);
      const shift = shifts[block] as number;
      if (shift > 0) {
        at += shift;
        continue;
      }
      const begin = at - window + 1;
      let end = 0;
      for (const needle of ending.get(block) ?? []) {
        left -= 4 + (needle.length >> 3);
        if (begin + needle.length <= end || !form.startsWith(needle, begin)) continue;
        end = begin + needle.length;
        if (cutAt.has(needle)) end = wordEnd(form, end);
      }
      if (left < 0) return undefined;
      if (end > 0) {
        found.push([place(begin), place(end)]);
        at = end + window - 1;
      } else at++;
    }
    // An escape may be none: in `100%abcdef` it takes two letters of what comes after it.
    let before = 0;
    for (let at = 0; starts && swallowed.length > 0 && at <= starts.length; at++) {
      const next = place(at);
      const length = next - before;
      before = next;
      for (let taken = 1; taken < length && taken <= LONGEST; taken++) {
        const begin = next - taken;
        if (firsts[text.charCodeAt(begin) | 32] !== 1) continue;
        const head = text.slice(begin, next).toLowerCase();
        for (const needle of swallowed) {
          left -= 4 + (needle.length >> 3);
          const tail = needle.slice(taken);
          if (!needle.startsWith(head) || !form.startsWith(tail, at)) continue;
          const end = at + tail.length;
          found.push([begin, place(cutAt.has(needle) ? wordEnd(form, end) : end)]);
        }
        if (left < 0) return undefined;
      }
    }
    if (form.includes("eyj")) {
      for (const { index, 0: token } of form.matchAll(TOKEN)) {
        found.push([place(index), place(index + token.length)]);
      }
      // In the normal form, a line feed before a token is a letter.
      if (starts) {
        for (const { index, 0: token } of text.matchAll(TOKEN))
          found.push([index, index + token.length]);
      }
    }
    return joined(found);
  };
}

/** Overlapping places as one, in order. */
function joined(places: [number, number][]): [number, number][] {
  const all: [number, number][] = [];
  for (const [start, end] of places.sort((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
}

const BLOCKS = 4096;
const blockAt = (text: string, at: number): number =>
  ((text.charCodeAt(at - 1) << 5) ^ text.charCodeAt(at)) & (BLOCKS - 1);

function wordEnd(text: string, at: number): number {
  DELIMITER.lastIndex = at;
  return DELIMITER.test(text) ? DELIMITER.lastIndex - 1 : text.length;
}

/** The normal forms of a secret: plain, and in Base64 at each of the three offsets in a longer text. */
function spellings(secret: string): string[] {
  // An escape at the end of the secret would absorb the text after it.
  const plain = normal(secret, true).form.replace(/[%\\]+$/, "");
  const packed = [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString("base64");
    const own = whole.slice(shift === 0 ? 0 : 4);
    return own.length < 8 ? [] : [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return [plain, ...packed.map((text) => normal(text, true).form)].map((text) =>
    text.slice(0, LONGEST),
  );
}
