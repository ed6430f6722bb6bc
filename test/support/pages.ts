import { built } from "./built.ts";
import { files, read } from "./repository.ts";

/** A block of code in a page. */
export interface Block {
  readonly file: string;
  readonly language: string;
  readonly code: string;
}

/** The README and all pages in docs. */
export const PAGES: readonly string[] = files("docs")
  .concat("README.md")
  .filter((file) => file.endsWith(".md"));

/** The blocks of a page, in their order; with a language, only those. */
export const blocksIn = (file: string, language?: string): Block[] =>
  [...read(file).matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)]
    .map(([, name = "", code = ""]) => ({ file, language: name, code }))
    .filter((block) => language === undefined || block.language === language);

/** Functions for bash, in place of an installation: `fauxdr`, and `npx --no-install fauxdr`. */
export const installed = (): string => `
fauxdr() { "${process.execPath}" "${built("cli.cjs")}" "$@"; }
npx() { test "$1 $2" = "--no-install fauxdr"; shift 2; fauxdr "$@"; }
`;
