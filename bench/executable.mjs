// Compares the executable with the command inside it: size, cold start, memory. Writes bench/EXECUTABLE.md.
// Usage: npm run build && node scripts/executable.mjs && node bench/executable.mjs [rounds]
// The starts alternate. Other work on the machine affects CPU time less than the time until the first reply.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, type } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cpuSeconds, rss, start } from "./process.mjs";
import { fauxdr, raw } from "./servers.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const rounds = Number(process.argv[2] ?? 15);
const file = join(root, "executable/fauxdr");
if (!existsSync(file)) throw new Error("There is no executable/fauxdr: run scripts/executable.mjs");

const bytesOf = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
const installed = ["dist", "specs", "fixtures"].reduce((sum, folder) => sum + bytesOf(folder), 0);
const node = statSync(process.execPath).size;

const servers = [
  { ...raw, bytes: node },
  { ...fauxdr, name: "the command on Node", bytes: node + installed },
  {
    name: "the executable",
    command: (port) => [file, "serve", "--port", String(port), "--log", "none"],
    bytes: statSync(file).size,
  },
];
const found = new Map(servers.map(({ name }) => [name, []]));
// Start once before measuring: the first start reads the program from the disk.
for (const { command } of servers) await (await start(command)).stop();
for (let round = 0; round < rounds; round++) {
  for (const { name, command } of servers) {
    const { ms, pid, stop } = await start(command);
    found.get(name).push({ ms, cpu: cpuSeconds(pid) * 1000, rss: rss(pid) });
    await stop();
  }
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const row = ({ name, bytes }) => {
  const of = (what) => Math.round(median(found.get(name).map((one) => one[what])));
  const mb = (bytes / 1e6).toFixed(0);
  return `| ${name} | ${mb} | ${of("ms")} | ${of("cpu")} | ${of("rss")} |`;
};
const own = execFileSync(file, ["--version"], { encoding: "utf8" }).split("\n")[0];
const text = `# The executable

Written by \`node bench/executable.mjs\`: medians of ${rounds} alternating starts until the first correct reply. fauxdr ${own}, Node ${process.version}, ${cpus().length} × ${cpus()[0].model}, ${type()}, load average at the end ${loadavg()[0].toFixed(1)}.

|  | size with Node, MB | cold start, ms | processor time of it, ms | RSS, MB |
| --- | --- | --- | --- | --- |
${servers.map(row).join("\n")}
`;
writeFileSync(new URL("EXECUTABLE.md", import.meta.url), text);
console.log(text);
