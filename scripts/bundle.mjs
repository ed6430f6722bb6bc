// Puts sources and the packages that they need into a few files: hundreds of small ones take longer to find and read
// than to run. What is imported when used stays in a file of its own.
import { copyFileSync, readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { leaveOut } from "./left-out.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));

const REQUIRE =
  'import { createRequire as requireOf } from "node:module";\nconst require = requireOf(import.meta.url);';

/** Bundles entry points, by their paths from the root, into a folder. Answers the paths of all that went in. */
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
    // Packages that are CommonJS ask for Node's own modules by `require`.
    banner: platform === "node" ? { js: REQUIRE } : {},
    // The runner of whoever uses it, not another one.
    external: ["vitest"],
    metafile: true,
    logLevel: "warning",
    plugins: [atHome(outdir), leaveOut],
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
}

/** Bundles a web page: its script and style as one small file each, which nobody has to read. */
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

/** Every source finds the files of the package as if it still lay in src. */
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
