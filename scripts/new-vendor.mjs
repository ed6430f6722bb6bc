// Writes a vendor to start from: `node scripts/new-vendor.mjs acme` copies scripts/new-vendor into the vendor's four
// folders, adds its line to src/vendors/all.ts and updates the tables of the docs.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const template = new URL("new-vendor/", import.meta.url);
const list = new URL("src/vendors/all.ts", root);

const [name = ""] = process.argv.slice(2);
const places = {
  specs: `specs/${name}`,
  fixtures: `fixtures/${name}`,
  src: `src/vendors/${name}`,
  test: `test/vendors/${name}`,
};

const problem = !/^[a-z][a-z0-9]*$/.test(name)
  ? `A vendor's name is one word of lower-case letters and digits, not ${JSON.stringify(name)}: node scripts/new-vendor.mjs acme`
  : Object.values(places).find((place) => existsSync(new URL(place, root)));
if (problem) {
  console.error(
    problem.includes(" ") ? problem : `${problem} exists already: choose another name.`,
  );
  process.exit(2);
}

const capitalized = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
const named = (text) =>
  text
    .replaceAll("acme", name)
    .replaceAll("Acme", capitalized)
    .replaceAll("ACME", name.toUpperCase());

for (const [from, to] of Object.entries(places)) {
  const folder = fileURLToPath(new URL(from, template));
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    const target = join(fileURLToPath(new URL(to, root)), relative(folder, path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, named(readFileSync(path, "utf8")));
  }
}

const [comment, ...lines] = readFileSync(list, "utf8").trimEnd().split("\n");
const all = [...lines, `export { ${name} } from "./${name}/vendor.ts";`].toSorted();
writeFileSync(list, `${[comment, ...all].join("\n")}\n`);

const run = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: "inherit" });
// The length of the name changes where lines break.
run("node_modules/@biomejs/biome/bin/biome", "check", "--write", ...Object.values(places));
run("scripts/specs.mjs");
run("scripts/docs.mjs");
