// Writes the tables of README.md from the sources: `node scripts/docs.mjs`. With --check it writes nothing and fails
// where a table is stale.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { bundle } from "./bundle.mjs";

const folder = mkdtempSync(join(tmpdir(), "fauxdr-docs-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
await bundle(["src/server/tenants.ts", "src/settings.ts", "src/vendors/index.ts"], folder);
const load = (name) => import(pathToFileURL(join(folder, `${name}.js`)));
const { createTenants } = await load("tenants");
const { envOf, flagOf, SETTINGS } = await load("settings");
const { vendors } = await load("index");

const readme = new URL("../README.md", import.meta.url);
const defaults = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]),
);
const tenant = (await createTenants(vendors, defaults)).default;

const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const operations = vendors.flatMap(({ title, spec }) => {
  const { paths } = parse(readFileSync(new URL("openapi.yaml", spec), "utf8"));
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [
      title,
      `\`${method.toUpperCase()} ${path}\``,
      operation.summary,
      basis(operation["x-basis"]),
    ]),
  );
});

function basis(word) {
  return typeof word === "string"
    ? word
    : `${word.documented} (observed dialect: ${word.observed})`;
}

const credentials = vendors.flatMap(({ title, credentials }) =>
  credentials(tenant).map(({ purpose, values }) => [
    title,
    purpose,
    Object.entries(values)
      .map(([name, value]) => `${name} \`${value}\``)
      .join(", "),
  ]),
);

const triggers = vendors.flatMap(({ title, triggers }) =>
  [...triggers].map(([id, { name, description }]) => [title, `\`${id}\``, name, description]),
);

const settings = Object.entries(SETTINGS).map(([name, { doc, default: value }]) => [
  `\`--${flagOf(name)}\``,
  `\`${envOf(name)}\``,
  value === "" ? "" : `\`${value}\``,
  doc,
]);

const blocks = {
  operations: table(["Vendor", "Call", "What it does", "Basis"], operations),
  credentials: table(["Vendor", "For", "Send"], credentials),
  triggers: table(["Vendor", "Id", "Name", "What happens"], triggers),
  settings: table(["Flag", "Variable", "Default", "What it is"], settings),
};

const before = readFileSync(readme, "utf8");
const after = before.replace(
  /(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
  (_, start, name, end) => `${start}${blocks[name]}\n${end}`,
);
if (!process.argv.includes("--check")) writeFileSync(readme, after);
else if (after !== before) {
  console.error("README.md is stale: run npm run docs");
  process.exitCode = 1;
}
