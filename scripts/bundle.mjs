// Bundles sources and the packages they need into a few files: finding and reading hundreds of small files takes longer
// than running them. A dynamic import stays in a separate file.
import { copyFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { atHome } from "./at-home.mjs";
import { compiledTable } from "./compiled-checks.mjs";
import { leaveOut } from "./left-out.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const require = createRequire(import.meta.url);

const REQUIRE =
  'import { createRequire as requireOf } from "node:module";\nconst require = requireOf(import.meta.url);';

/** Bundles entry points (paths from the root) into a folder. Returns the paths of all bundled files. */
export async function bundle(entryPoints, folder, platform = "node") {
  const outdir = resolve(root, folder);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    entryNames: "[name]",
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform,
    target: platform === "node" ? "node20.19" : "es2023",
    // CommonJS packages load Node's own modules with `require`.
    banner: platform === "node" ? { js: REQUIRE } : {},
    // Use the test runner of the project that imports this, not a second copy.
    external: ["vitest"],
    metafile: true,
    logLevel: "warning",
    plugins: [compiled, atHome(outdir), leaveOut],
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
}

/** Packages that a plain start does not need. In CommonJS, which cannot be split, each gets its own file. */
const APART = {
  "@faker-js/faker/locale/en": "faker",
  asn1js: "asn1js",
  ioredis: "ioredis",
  jose: "jose",
  "js-yaml": "js-yaml",
  pkijs: "pkijs",
};

/**
 * Bundles the command and the library as CommonJS: for a start with V8's code cache (src/cli/start.ts), and for programs
 * that load the library with `require`, such as Jest, mocha, TypeScript's CommonJS. `code.js` holds all of it; the files
 * beside it, named by the keys of `entryPoints`, run or export one entry point each.
 */
export async function commonJs(entryPoints, folder) {
  const names = Object.keys(entryPoints);
  // A call each, so that an entry point runs only when its file is loaded.
  const contents = names.map(
    (name) => `export const ${name} = () => require("./${entryPoints[name]}");`,
  );
  const stdin = { contents: contents.join("\n"), resolveDir: root };
  const files = await Promise.all([
    oneCommonJs({ stdin, plugins: [apart] }, `${folder}/code.js`),
    ...Object.entries(APART).map(([path, name]) =>
      oneCommonJs({ entryPoints: [path], plugins: [apart] }, `${folder}/${name}.js`),
    ),
  ]);
  for (const name of names) {
    const line = `"use strict";\nmodule.exports = require("./code.js").${name}();\n`;
    writeFileSync(resolve(root, folder, `${name}.js`), line);
  }
  writeFileSync(resolve(root, folder, "package.json"), '{ "type": "commonjs" }\n');
  return files.flat();
}

/** A folder from which the checks find the compiler's run time. */
const AJV_USER = dirname(require.resolve("openapi-backend"));
let table;

/** Compiles the checks of requests and replies for all bundles that follow. */
export async function compileChecks() {
  table = await compiledTable();
}

const compiled = {
  name: "compiled",
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]server[\\/]spec[\\/]compiled-table\.ts$/ }, () =>
      table === undefined ? undefined : { contents: table, resolveDir: AJV_USER },
    );
  },
};

/** Loads the packages in `APART` from their own files. */
const apart = {
  name: "apart",
  setup({ onResolve }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path, kind, importer }) => {
      if (!Object.hasOwn(APART, path) || kind === "entry-point") return undefined;
      // Read when a document of the user's own is not plain YAML (src/server/also/plain-yaml.ts).
      return path === "js-yaml" && importer.endsWith(".ts")
        ? { path, namespace: "later" }
        : { path: `./${APART[path]}.js`, external: true };
    });
  },
};

/** Node's modules that take milliseconds to load, and that the first call does not need. */
const LATER = ["child_process", "crypto", "http2", "https", "os", "tls", "zlib"];

/** Loads them when one of their members is first used. Only for our own sources: packages look at whole modules. */
const later = {
  name: "later",
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^node:(${LATER.join("|")})$`);
    onResolve({ filter }, ({ path, importer, namespace }) =>
      namespace !== "later" && importer.endsWith(".ts") ? { path, namespace: "later" } : undefined,
    );
    onLoad({ filter: /./, namespace: "later" }, ({ path }) => {
      const members = Object.keys(require(path)).map(
        (name) => `get ${name}() { return require("${path}").${name}; }`,
      );
      return { contents: `module.exports = { ${members.join(",\n")} };`, resolveDir: root };
    });
  },
};

/** Bundles into one CommonJS file. Returns the paths of all bundled files. */
export async function oneCommonJs({ plugins = [], ...options }, outfile, platform = "node") {
  const here = 'require("node:url").pathToFileURL(__filename).href';
  const { metafile } = await build({
    absWorkingDir: root,
    outfile: resolve(root, outfile),
    bundle: true,
    format: "cjs",
    platform,
    target: platform === "node" ? "node20.19" : "es2023",
    // Jest's sandbox has no dynamic import.
    supported: { "dynamic-import": false },
    metafile: true,
    logLevel: "warning",
    plugins: [...plugins, later, compiled, atHome(dirname(resolve(root, outfile)), here), leaveOut],
    ...options,
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
}

/** Where the package's files are in an executable: no folder of any machine has this name. */
const INSIDE = "file:///fauxdr-executable/";

/** Bundles the command into the one script that an executable holds. It finds the package's files among its assets. */
export function executableScript(outfile) {
  const ownFiles = {
    name: "own-files",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^node:fs$/ }, ({ importer, namespace }) =>
        namespace !== "own-files" && importer.endsWith(".ts")
          ? { path: "fs", namespace: "own-files" }
          : undefined,
      );
      onLoad({ filter: /./, namespace: "own-files" }, () => ({ contents: ASSETS_FIRST }));
    },
  };
  const main = resolve(root, "src/cli.ts");
  // The home of the sources is that of the bundled command.
  const home = atHome(resolve(root, "dist"), JSON.stringify(`${INSIDE}dist/cli.cjs`));
  return oneCommonJs({ entryPoints: [main], plugins: [ownFiles, home] }, outfile);
}

/** `node:fs` of which `readFileSync` knows the executable's own files. */
const ASSETS_FIRST = `
  import { readFileSync as read } from "node:fs";
  import { getAsset } from "node:sea";
  export * from "node:fs";
  export function readFileSync(path, ...rest) {
    if (!(path instanceof URL) || !path.href.startsWith("${INSIDE}")) return read(path, ...rest);
    const name = decodeURIComponent(path.href.slice(${INSIDE.length}));
    try {
      return getAsset(name, "utf8");
    } catch {
      throw Object.assign(new Error(name + " is not in this executable"), { code: "ENOENT" });
    }
  }`;

/** Bundles a web page: one minified script and one minified style sheet. */
export async function page(source, folder) {
  const outdir = resolve(root, folder);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { inspector: `${source}/main.tsx`, style: `${source}/style.css` },
    outdir,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2023",
    jsx: "automatic",
    jsxImportSource: "preact",
    metafile: true,
    logLevel: "warning",
  });
  copyFileSync(resolve(root, source, "index.html"), resolve(outdir, "index.html"));
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
}
