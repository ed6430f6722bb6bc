import { createRandom } from "../core/random.ts";

/** Replaces what belongs to somebody, each value by the same other one wherever it occurs. */
export interface Pseudonyms {
  readonly text: (text: string) => string;
}

/** Fields whose texts name people, machines or accounts. */
const NAMES =
  /(^|_|-)(host|user|computer|machine|device|domain|tenant|account|owner|full|first|last|display|pretty|assigned_user\w*)_?names?$|^(hostname|username|fqdn|user|domain|computer|owner|login|assignee|creator|reporter)$/i;

type Fake = (index: number, value: string) => string;

/** Values that show by their form what they are. */
const FORMS: readonly (readonly [pattern: RegExp, fake: Fake])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (index) => `person-${index}@example.com`],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, (_, value) => likeIt(value)],
  [/\bS-1-5-21(?:-\d+){3,4}\b/g, (index) => `S-1-5-21-0-0-0-${1000 + index}`],
  [/\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b/gi, (_, value) => likeIt(value)],
  [/\b[0-9a-f]{24,}\b/gi, (_, value) => likeIt(value)],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, (index) => `192.0.2.${(index % 254) + 1}`],
];

/**
 * Learns from all values of a recording, because a name in one place is found by its field, and in another only by its
 * text. `own` are further values to replace, such as the name of the real server.
 */
export function pseudonyms(
  values: readonly unknown[],
  own: Readonly<Record<string, string>>,
): Pseudonyms {
  const named = new Map<string, string>(Object.entries(own));
  for (const value of values) {
    for (const name of namesIn(value, "")) {
      if (!named.has(name)) named.set(name, `name-${named.size + 1}`);
    }
  }
  // A longer name may contain a shorter one.
  const names = [...named].toSorted(([one], [other]) => other.length - one.length);
  const formed = new Map<string, string>();
  const made = new Set<string>();
  const otherFor = (value: string, fake: Fake): string => {
    if (made.has(value)) return value;
    const key = value.toLowerCase();
    const other = formed.get(key) ?? fake(formed.size + 1, value);
    formed.set(key, other);
    made.add(other);
    return other;
  };
  return {
    text: (text) =>
      FORMS.reduce(
        (rest, [pattern, fake]) => rest.replace(pattern, (value) => otherFor(value, fake)),
        names.reduce((rest, [name, fake]) => rest.replaceAll(name, fake), text),
      ),
  };
}

/** The texts of fields that name somebody or something. */
function namesIn(node: unknown, field: string): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((one) => namesIn(one, field));
  if (typeof node === "object" && node !== null) {
    return Object.entries(node).flatMap(([name, child]) => namesIn(child, name));
  }
  const isName = typeof node === "string" && NAMES.test(field) && node.length >= SHORTEST;
  return isName && !WORDS.test(node) && !node.startsWith("[") ? [node] : [];
}

/** Replacing a shorter name would make holes in every text. */
const SHORTEST = 4;

/** Values of such fields that say nothing of anybody. */
const WORDS =
  /^(true|false|null|none|unknown|n\/a|default|admin|administrator|system|root|everyone|localhost)$/i;

/** Other digits and letters in the same places. The same value always becomes the same. */
function likeIt(value: string): string {
  const random = createRandom(`pseudonym/${value.toLowerCase()}`);
  return value.replace(/[0-9a-f]/gi, (digit) => {
    const other = random.hex(1);
    return digit === digit.toLowerCase() ? other : other.toUpperCase();
  });
}
