// The start of the server without a document of one's own, and with one of 2 MB, as JSON and as YAML.
// Usage: npm run build && node bench/also.mjs [rounds] [another checkout that is built]
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { dump } from "js-yaml";
import { cpuSeconds, start } from "./process.mjs";

const BYTES = 2 * 1024 * 1024;

/** A document as vendors write them: schemas with prose, and references to them. */
function documentOf(bytes) {
  const paths = {};
  const schemas = {};
  const each = 2600;
  for (let at = 0; at < bytes / each; at++) {
    const properties = {};
    for (let member = 0; member < 12; member++) {
      properties[`member_${member}`] = {
        type: member % 3 === 0 ? "integer" : "string",
        description: `What member ${member} of record ${at} says, in a sentence or two of prose.`,
        ...(member % 4 === 1 && { enum: ["LOW", "MEDIUM", "HIGH"] }),
      };
    }
    schemas[`Record${at}`] = { type: "object", required: ["member_0"], properties };
    const schema = { $ref: `#/components/schemas/Record${at}` };
    paths[`/public_api/v1/records_${at}/get_records`] = {
      post: {
        operationId: `getRecords${at}`,
        summary: `Get records of kind ${at}`,
        requestBody: { content: { "application/json": { schema: { type: "object" } } } },
        responses: {
          200: { description: "The records", content: { "application/json": { schema } } },
          500: { description: "Failed", content: { "application/json": { example: { at } } } },
        },
      },
    };
  }
  const info = { title: "Records", version: "1" };
  return { openapi: "3.0.3", info, "x-fauxdr-vendor": "cortex", paths, components: { schemas } };
}

const rounds = Number(process.argv[2] ?? 15);
const roots = [fileURLToPath(new URL("../", import.meta.url))];
if (process.argv[3]) roots.push(resolve(process.argv[3]));
const folder = mkdtempSync(join(tmpdir(), "fauxdr-also-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
const files = { JSON: "also.json", YAML: "also.yaml" };
const writers = { JSON: (document) => JSON.stringify(document, null, 2), YAML: dump };
for (const [kind, write] of Object.entries(writers)) {
  // The same content is longer in one form than in the other.
  const bytes = (BYTES * BYTES) / write(documentOf(BYTES)).length;
  writeFileSync(join(folder, files[kind]), write(documentOf(bytes)));
}

const least = new Map();
for (let round = 0; round < rounds; round++) {
  for (const root of roots) {
    for (const kind of ["none", ...Object.keys(files)]) {
      const also = kind === "none" ? [] : ["--also", join(folder, files[kind])];
      const { ms, pid, stop } = await start((port) => [
        process.execPath,
        ...[join(root, "dist", "cli.cjs"), "serve", "--log", "none", "--port", port, ...also],
      ]);
      const cpu = cpuSeconds(pid) * 1000;
      await stop();
      const key = `${root} ${kind}`;
      const found = least.get(key) ?? { ms, cpu };
      least.set(key, { ms: Math.min(ms, found.ms), cpu: Math.min(cpu, found.cpu) });
    }
  }
}

for (const root of roots) {
  const bare = least.get(`${root} none`);
  for (const kind of ["none", ...Object.keys(files)]) {
    const { ms, cpu } = least.get(`${root} ${kind}`);
    const times = (ms / bare.ms).toFixed(2);
    console.log(`${root} ${kind}: ${ms.toFixed(0)} ms, ${cpu.toFixed(0)} of CPU, ${times} times`);
  }
}
