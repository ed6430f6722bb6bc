import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";

/** Rewrites `import.meta.url`, so that a bundled source still finds the package's files. */
export const atHome = (outdir, here = "import.meta.url") => ({
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
