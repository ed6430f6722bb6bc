import { CONTROLS, normal, simpleForm } from "./normal-form.ts";

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

  /** Where needles are in a normal form. Undefined if there are too many comparisons. */
  const search = (form: string, budget: { left: number }): [number, number][] | undefined => {
    const found: [number, number][] = [];
    // Read once: strings have many forms in memory, so V8 looks a length up each time. That took a third of the search.
    const { length } = form;
    for (let at = needles.length > 0 ? window - 1 : length; at < length; ) {
      const block = blockAt(form, at);
      const shift = shifts[block] as number;
      if (shift > 0) {
        at += shift;
        continue;
      }
      const begin = at - window + 1;
      let end = 0;
      for (const needle of ending.get(block) ?? []) {
        budget.left -= 4 + (needle.length >> 3);
        if (begin + needle.length <= end || !form.startsWith(needle, begin)) continue;
        end = begin + needle.length;
        if (cutAt.has(needle)) end = wordEnd(form, end);
      }
      if (budget.left < 0) return undefined;
      if (end > 0) {
        found.push([begin, end]);
        at = end + window - 1;
      } else at++;
    }
    return found;
  };

  return (text) => {
    if (text.length < 4) return [];
    const simple = simpleForm(text, hasControls);
    // Almost no text has a secret. Positions are worked out only for those that may have one.
    if (simple !== undefined && !simple.includes("eyj")) {
      if (search(simple, budgetFor(simple))?.length === 0) return [];
    }
    const { form, starts } = normal(text);
    const place = (at: number): number => starts[at] ?? text.length;
    const budget = budgetFor(form);
    const plain = search(form, budget);
    if (!plain) return undefined;
    const found = plain.map(([begin, end]): [number, number] => [place(begin), place(end)]);
    // An escape may be none: in `100%abcdef` it takes two letters of what comes after it.
    let before = 0;
    for (let at = 0; swallowed.length > 0 && at <= starts.length; at++) {
      const next = place(at);
      const length = next - before;
      before = next;
      for (let taken = 1; taken < length && taken <= LONGEST; taken++) {
        const begin = next - taken;
        if (firsts[text.charCodeAt(begin) | 32] !== 1) continue;
        const head = text.slice(begin, next).toLowerCase();
        for (const needle of swallowed) {
          budget.left -= 4 + (needle.length >> 3);
          const tail = needle.slice(taken);
          if (!needle.startsWith(head) || !form.startsWith(tail, at)) continue;
          const end = at + tail.length;
          found.push([begin, place(cutAt.has(needle) ? wordEnd(form, end) : end)]);
        }
        if (budget.left < 0) return undefined;
      }
    }
    if (form.includes("eyj")) {
      for (const { index, 0: token } of form.matchAll(TOKEN)) {
        found.push([place(index), place(index + token.length)]);
      }
      // In the normal form, a line feed before a token is a letter.
      for (const { index, 0: token } of text.matchAll(TOKEN)) {
        found.push([index, index + token.length]);
      }
    }
    return joined(found);
  };
}

/** How much the comparisons in a text may cost. */
const budgetFor = ({ length }: string): { left: number } => ({ left: 2 * length + 4096 });

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
  const plain = normal(secret).form.replace(/[%\\]+$/, "");
  const packed = [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString("base64");
    const own = whole.slice(shift === 0 ? 0 : 4);
    return own.length < 8 ? [] : [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return [plain, ...packed.map((text) => normal(text).form)].map((text) => text.slice(0, LONGEST));
}
