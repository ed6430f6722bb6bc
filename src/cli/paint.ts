import { styleText } from "node:util";

/** The first words of a report's lines, and their colours. */
const COLOURS = [
  [/^(must|FAIL)\b/gm, "red"],
  [/^(should|inconclusive|stale)\b/gm, "yellow"],
  [/^(info|known|skipped)\b/gm, "cyan"],
  [/^pass\b/gm, "green"],
] as const;

/** Colours a report if the stream is a terminal. Node handles NO_COLOR and FORCE_COLOR. */
export function paint(report: string, stream: NodeJS.WritableStream): string {
  return COLOURS.reduce(
    (text, [word, colour]) =>
      text.replace(word, (found) => styleText(colour, found, { stream, validateStream: true })),
    report,
  );
}
