/**
 * Reads the lines under `>-`, which is how a program writes a long text in YAML: they are joined by spaces. `from` is the
 * start of the first line, and `indent` the column of the block around it. Undefined if a line is empty, begins further
 * right than the first one, or ends in a space: those have more rules.
 */
export function foldedText(
  text: string,
  from: number,
  indent: number,
): { readonly value: string; readonly end: number } | undefined {
  const column = skipSpaces(text, from) - from;
  if (column <= indent) return undefined;
  const lines: string[] = [];
  let at = from;
  while (at < text.length) {
    const start = skipSpaces(text, at);
    if (start - at <= indent) break;
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    if (start - at !== column || start === end || text[end - 1] === " ") return undefined;
    lines.push(text.slice(start, end));
    at = end + 1;
  }
  // An empty line may belong to the text.
  if (text[skipSpaces(text, at)] === "\n") return undefined;
  return { value: lines.join(" "), end: at };
}

/** Where the spaces from a place on end. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

const SPACE = 0x20;
