// Generates the tables of README.md and of the pages in docs from the sources, and copies files into the examples of
// CONTRIBUTING.md: `node scripts/docs.mjs`. With --check it writes nothing and fails when a page is stale.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { libraryOf } from "./library.mjs";
import { INSTALL, SOURCE } from "./origin.mjs";
import { readSpec } from "./read-spec.mjs";

const folder = mkdtempSync(join(tmpdir(), "fauxdr-docs-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
const SOURCES = [
  "src/cli/help.ts",
  "src/contract/judge.ts",
  "src/core/faults/fault.ts",
  "src/core/scenario.ts",
  "src/server/tenants.ts",
  "src/settings/names.ts",
  "src/settings/table.ts",
  "src/vendors/index.ts",
];
await bundle(SOURCES, folder);
const load = (name) => import(pathToFileURL(join(folder, `${name}.js`)));
const { COMMANDS } = await load("help");
const { rulesFor } = await load("judge");
const { FAULTS } = await load("fault");
const { allScenarios } = await load("scenario");
const { createTenants } = await load("tenants");
const { envOf, flagOf } = await load("names");
const { SECTIONS, SETTINGS } = await load("table");
const { vendors } = await load("index");

const root = new URL("../", import.meta.url);
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "examples/sample-project/README.md",
  ...readdirSync(new URL("docs/", root), { recursive: true })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll("\\", "/")}`),
].map((name) => new URL(name, root));
const defaults = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]),
);
const tenant = (await createTenants(vendors, defaults)).default;

const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const operations = vendors.flatMap(({ name, title }) =>
  Object.entries(readSpec(name).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [
      title,
      `\`${method.toUpperCase()} ${path}\``,
      operation.summary,
      basis(operation["x-basis"]),
    ]),
  ),
);

function basis(word) {
  return typeof word === "string" ? word : Object.values(word).join(" or ");
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

const settings = SECTIONS.flatMap(({ vendor = "", settings }) =>
  Object.entries(settings).map(([name, { doc, default: value, choices = [] }]) => [
    `\`--${[flagOf(name), choices.join("\\|")].join(" ").trim()}\``,
    `\`${envOf(name)}\``,
    value === "" ? "" : `\`${typeof value === "object" ? JSON.stringify(value) : value}\``,
    vendor,
    doc,
  ]),
);

const flags = Object.entries(COMMANDS).flatMap(([name, { flags: own = {} }]) =>
  Object.entries(own).map(([flag, { type, value = "<text>", doc }]) => [
    `\`fauxdr ${name}\``,
    `\`--${flag}${type === "boolean" ? "" : ` ${value.replaceAll("|", "\\|")}`}\``,
    doc,
  ]),
);

const commands = Object.entries(COMMANDS).map(([name, { usage, about }]) => [
  `\`${["fauxdr", name, usage].join(" ").trim()}\``,
  about,
]);

const control = Object.entries(readSpec("admin").paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, operation]) => operation.operationId)
    .map(([method, { operationId, summary }]) => [
      `\`${method.toUpperCase()} ${path}\``,
      `\`${operationId}\``,
      summary,
    ]),
);

const code = (names) => names.map((name) => `\`${name}\``).join(", ");

const faults = Object.entries(FAULTS).map(
  ([kind, { description, effect, needs = [], takes = [] }]) => [
    code([kind]),
    description,
    code(needs),
    code(takes.filter((name) => name !== "effect")),
    effect === "always" ? "takes place" : "with `effect: true`",
  ],
);

const titles = new Map(vendors.map(({ name, title }) => [name, title]));
// Scenarios with the same name are listed together.
const names = allScenarios(vendors).map(({ name }) => name);
const scenarios = allScenarios(vendors)
  .toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
  .map(({ vendor, name, description }) => [code([name]), titles.get(vendor) ?? "", description]);

/** Rows of README's comparison, from the page that bench/run.mjs writes. */
const measured = (() => {
  const lines = readFileSync(new URL("../bench/RESULTS.md", import.meta.url), "utf8").split("\n");
  const cellsOf = (line) => line.split("|").map((cell) => cell.trim());
  const head = cellsOf(lines.find((line) => line.includes("raw node:http")) ?? "");
  return ["cold start, ms", "calls/s, 32 connections", "RSS after start, MB"].map((name) => {
    const cells = cellsOf(lines.find((line) => line.startsWith(`| ${name} |`)) ?? "");
    const of = ["fauxdr", "Prism", "WireMock", "Mockoon"].map(
      (tool) => cells[head.findIndex((cell) => cell.startsWith(tool))],
    );
    return [name, ...of];
  });
})();

const perVendor = (listed) =>
  vendors.flatMap(({ title, contract, name }) =>
    listed({ name, contract }).map((row) => [title, ...row]),
  );
const rules = perVendor((vendor) =>
  rulesFor(vendor).map(({ id, severity, title, fix, basis, source }) => [
    code([id]),
    severity,
    title,
    fix,
    `${basis}: ${source}`,
  ]),
);
const cases = perVendor(({ contract }) =>
  contract.cases.map(({ id, severity, title }) => [code([id]), severity, title]),
);
const probes = perVendor(({ contract }) =>
  contract.probes.map(({ id, title }) => [code([id]), title]),
);
const traits = perVendor(({ contract }) =>
  (contract.traits ?? []).map(({ id, title, usual }) => [code([id]), title, usual ? "yes" : "no"]),
);

const blocks = {
  source: SOURCE,
  install: `\`\`\`sh\n${INSTALL}\n\`\`\``,
  commands: table(["Command", "What it does"], commands),
  control: table(["Call", "Method", "What it does"], control),
  rules: table(["Vendor", "Rule", "Severity", "What it holds", "How to fix", "Why"], rules),
  cases: table(["Vendor", "Case", "Severity", "What it holds"], cases),
  probes: table(["Vendor", "Probe", "What it asks"], probes),
  traits: table(["Vendor", "Trait", "What the client does", "Usual"], traits),
  library: libraryOf("src/index.ts"),
  client: libraryOf("src/client.ts"),
  cases_library: libraryOf("src/testing/cases.ts"),
  vitest: libraryOf("src/testing/vitest.ts"),
  measured: table(["measured", "fauxdr", "Prism", "WireMock", "Mockoon"], measured),
  operations: table(["Vendor", "Call", "What it does", "Basis"], operations),
  credentials: table(["Vendor", "For", "Send"], credentials),
  triggers: table(["Vendor", "Id", "Name", "What happens"], triggers),
  faults: table(["Kind", "What the client sees", "Needs", "Takes", "The call's effect"], faults),
  scenarios: table(["Name", "Vendor", "What it is"], scenarios),
  flags: table(["Command", "Flag", "What it does"], flags),
  settings: table(["Flag", "Variable", "Default", "Vendor", "What it is"], settings),
};

/** A file as a block of code. */
const example = (path) => `\`\`\`ts\n${readFileSync(new URL(path, root), "utf8")}\`\`\``;

for (const page of pages) {
  const before = readFileSync(page, "utf8");
  const after = before
    .replace(
      /(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
      (_, start, name, end) => `${start}${blocks[name]}\n${end}`,
    )
    .replace(
      /(<!-- file: (\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
      (_, start, path, end) => `${start}${example(path)}\n${end}`,
    );
  if (!process.argv.includes("--check")) writeFileSync(page, after);
  else if (after !== before) {
    console.error(`${page.pathname} is stale. Run "npm run docs".`);
    process.exitCode = 1;
  }
}
