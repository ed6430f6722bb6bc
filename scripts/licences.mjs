import { readdirSync, readFileSync } from "node:fs";

const root = new URL("../", import.meta.url);

/** The licence texts of all packages that files are of, one after the other. Throws for a package without a text. */
export function licences(files) {
  const folders = new Set(
    files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const entries = [...folders].map((folder) => {
    const url = new URL(`${folder}/`, root);
    const { name, version, license } = JSON.parse(readFileSync(new URL("package.json", url)));
    const texts = readdirSync(url)
      .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
      .map((file) => readFileSync(new URL(file, url), "utf8").trim());
    if (texts.length === 0) throw new Error(`${folder} has no licence text`);
    return [`${name} ${version} (${license})`, "", ...texts].join("\n");
  });
  return `${[...new Set(entries)].sort().join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}
