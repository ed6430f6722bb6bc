#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { loadCached } from "./code-cache.ts";

/** The command with all that it needs, as one file: see scripts/bundle.mjs. */
const CODE = fileURLToPath(new URL("../../dist/cjs/code.js", import.meta.url));

const { exports, isCached, keep } = loadCached(CODE);
// Other commands compile too little for a useful cache.
const [first = "serve"] = process.argv.slice(2);
const serves = /^(serve|run|check|--(?!help|version).*)$/.test(first);
if (serves && !isCached) process.once("exit", keep);
(exports as { cli: () => void }).cli();
