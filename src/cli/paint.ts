import { styleText } from "node:util";

/** What a line of a report begins with, and its colour. */
const COLOURS = [
  [/^(must|FAIL)\b/gm, "red"],
  [/^(should|inconclusive|stale)\b/gm, "yellow"],
  [/^(info|known|skipped)\b/gm, "cyan"],
  [/^pass\b/gm, "green"],
] as const;

/** A report in colour where the stream is a terminal; NO_COLOR and FORCE_COLOR are Node's to heed. */
export function paint(report: string, stream: NodeJS.WritableStream): string {
  return COLOURS.reduce(
    (text, [word, colour]) =>
      text.replace(word, (found) => styleText(colour, found, { stream, validateStream: true })),
    report,
  );
}
