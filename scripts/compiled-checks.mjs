// The checks of requests and replies, compiled when fauxdr is built: `src/server/spec/compiled-table.ts` in dist.
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { OpenAPIBackend } from "openapi-backend";
import { atHome } from "./at-home.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
/** The compiler of schemas that openapi-backend uses. */
const theirs = createRequire(createRequire(import.meta.url).resolve("openapi-backend"));
const { _, Name } = theirs("ajv");
const { default: standaloneCode } = theirs("ajv/dist/standalone");

/** The parts of the sources that are needed here. */
const SOURCES = `
  export { inWireForm, readDefinition, UNMATCHED } from "./src/server/spec/definition.ts";
  export { UUID } from "./src/server/spec/openapi.ts";
  export { wireWords } from "./src/core/wire-words.ts";
  export { WIRE_FORMS } from "./src/core/tenant.ts";
  export { vendors } from "./src/vendors/index.ts";`;

async function loadSources() {
  const folder = mkdtempSync(join(root, "node_modules/.fauxdr-build-"));
  const outfile = join(folder, "sources.mjs");
  // Not where Node finds the module: node_modules may be a link to another folder.
  const here = JSON.stringify(pathToFileURL(outfile).href);
  try {
    await build({
      absWorkingDir: root,
      stdin: { contents: SOURCES, resolveDir: root },
      outfile,
      bundle: true,
      packages: "external",
      format: "esm",
      platform: "node",
      logLevel: "warning",
      plugins: [atHome(folder, here)],
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Stands for a format that a compiled check would have to look up. Such a check is left out. */
const LOOKED_UP = "LOOKED_UP";

/** Longer checks, which are few, would double the size of all. They are compiled when they are needed. */
const MOST = 16_000;

const isSuccess = (status) => status.startsWith("2");

/** The text of the module, in JavaScript. */
export async function compiledTable() {
  const sources = await loadSources();
  const { inWireForm, readDefinition, UNMATCHED, UUID } = sources;
  const { vendors, WIRE_FORMS, wireWords } = sources;
  /** By their code: the names of the functions. Many operations have equal checks. */
  const functions = new Map();
  const owners = new Map();
  const nameOf = (check) => {
    const code = standaloneCode(owners.get(check), check);
    if (code.includes(LOOKED_UP) || code.length > MOST) return undefined;
    if (!functions.has(code)) functions.set(code, `check${functions.size}`);
    return functions.get(code);
  };
  const customizeAjv = (ajv) => ({
    compile: (schema) => {
      const check = ajv.compile(schema);
      owners.set(check, ajv);
      return check;
    },
  });

  const rows = [];
  for (const vendor of vendors) {
    const definition = readDefinition(vendor);
    // The wire form of a plain start.
    const words = wireWords(vendor.settings, { wire: WIRE_FORMS[0] });
    const backend = new OpenAPIBackend({
      definition: inWireForm(definition, words),
      quick: true,
      strict: true,
      ajvOpts: {
        ...{ validateSchema: false, meta: false, messages: false },
        formats: { uuid: UUID, "date-time": () => true },
        code: { source: true, formats: _`${new Name(LOOKED_UP)}` },
      },
      customizeAjv,
    });
    await backend.init();
    const { router, validator } = backend;
    const operations = router
      .getOperations()
      .filter(({ operationId }) => operationId !== UNMATCHED);
    const requests = operations.flatMap(({ operationId: id }) => {
      const names = validator.getRequestValidatorsForOperation(id).map(nameOf);
      return names.includes(undefined) ? [] : [`${id}: () => [${names.map((n) => `${n}()`)}]`];
    });
    const replies = operations.flatMap((operation) =>
      Object.keys(operation.responses)
        .filter(isSuccess)
        .flatMap((status) => {
          const one = { ...operation, responses: { [status]: operation.responses[status] } };
          const check = validator.buildStatusBasedResponseValidatorForOperation(one)[status];
          const name = check && nameOf(check);
          return name ? [`"${operation.operationId} ${status}": ${name}`] : [];
        }),
    );
    const key = JSON.stringify(`${vendor.name}/openapi.json ${words.join(" ")}`);
    rows.push(`${key}: { requests: { ${requests} }, replies: { ${replies} } }`);
  }
  const declared = [...functions].map(
    ([code, name]) => `function ${name}() { const module = {};\n${code}\nreturn module.exports; }`,
  );
  return `export const TABLE = { ${rows.join(",\n")} };\n${declared.join("\n")}`;
}
