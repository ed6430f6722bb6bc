// Bundles sources and the packages they need into a few files: finding and reading hundreds of small files takes longer
// than running them. A dynamic import stays in a separate file.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { leaveOut } from "./left-out.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));

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
    plugins: [atHome(outdir), leaveOut],
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
}

/**
 * Bundles the library a second time, for programs that load it with `require`: Jest, mocha, TypeScript's CommonJS.
 * CommonJS cannot be split, so one file holds all of it, without white space; the others name what each entry gives.
 */
export async function commonJs(entryPoints, folder) {
  const names = Object.keys(entryPoints);
  const contents = names.map((name) => `export * as ${name} from "./${entryPoints[name]}";`);
  const files = await oneCommonJs(
    { stdin: { contents: contents.join("\n"), resolveDir: root }, minifyWhitespace: true },
    `${folder}/library.js`,
  );
  for (const name of names) {
    const line = `"use strict";\nmodule.exports = require("./library.js").${name};\n`;
    writeFileSync(resolve(root, folder, `${name}.js`), line);
  }
  writeFileSync(resolve(root, folder, "package.json"), '{ "type": "commonjs" }\n');
  return files;
}

/** Bundles into one CommonJS file. Returns the paths of all bundled files. */
export async function oneCommonJs(options, outfile, platform = "node") {
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
    plugins: [atHome(dirname(resolve(root, outfile)), here), leaveOut],
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
  const home = atHome(resolve(root, "dist"), JSON.stringify(`${INSIDE}dist/cli.js`));
  return oneCommonJs({ entryPoints: [main], plugins: [ownFiles, home, leaveOut] }, outfile);
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

/** Rewrites `import.meta.url`, so that a bundled source still finds the package's files. */
const atHome = (outdir, here = "import.meta.url") => ({
  name: "at-home",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const home = JSON.stringify(relative(outdir, path).split(sep).join("/"));
      const contents = readFileSync(path, "utf8").replaceAll(
        "import.meta.url",
        `new URL(${home}, ${here}).href`,
      );
      return { contents, loader: "ts" };
    });
  },
});
