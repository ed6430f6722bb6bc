// Bundles sources and the packages they need into a few files: finding and reading hundreds of small files takes longer
// than running them. A dynamic import stays in a file of its own.
import { copyFileSync, readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
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
const atHome = (outdir) => ({
  name: "at-home",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const home = JSON.stringify(relative(outdir, path).split(sep).join("/"));
      const contents = readFileSync(path, "utf8").replaceAll(
        "import.meta.url",
        `new URL(${home}, import.meta.url).href`,
      );
      return { contents, loader: "ts" };
    });
  },
});
