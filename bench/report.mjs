import { writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";

const here = (name) => new URL(name, import.meta.url);
const number = (value) =>
  value === undefined || Number.isNaN(value)
    ? ""
    : value >= 100
      ? Math.round(value).toLocaleString("en")
      : value.toPrecision(2);

const table = (rows) => {
  const [head, ...body] = rows.map((cells) => `| ${cells.join(" | ")} |`);
  return [head, `|${" --- |".repeat(rows[0].length)}`, ...body].join("\n");
};

/** Writes RESULTS.md and its chart. */
export function report({ medians, checks, growth, rounds, notes }) {
  const names = [...medians.keys()];
  const whats = [...new Set([...medians.values()].flatMap((found) => Object.keys(found)))];
  const [floor] = medians.values();
  const cell = (name, what) => {
    const value = medians.get(name)[what];
    const ratio = value / floor[what];
    return Number.isNaN(ratio) ? number(value) : `${number(value)} (${number(ratio)} ×)`;
  };
  const measured = table([
    ["", ...names],
    ...whats.map((what) => [what, ...names.map((name) => cell(name, what))]),
  ]);
  const wanted = table([
    ["", "against", "ratio", "wanted", ""],
    ...checks.map(({ of, against, ratio, wanted: aim, reached }) => [
      of,
      against,
      ratio.toFixed(2),
      aim,
      reached ? "reached" : "**not reached**",
    ]),
  ]);
  const grown = table([
    ["fauxdr, one connection", "median ms per call, unless named otherwise"],
    ...Object.entries(growth).map(([what, value]) => [what, number(value)]),
  ]);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 1024 ** 3)} GB, ${type()} ${release()}, Node ${process.version}, load average at the end ${loadavg()[1].toFixed(1)}`;
  const text = [
    "# Results",
    `Written by \`node bench/run.mjs\`: medians of ${rounds} rounds in turns, and ratios to Node alone in brackets. ${machine}.`,
    "The call quarantines a file. fauxdr runs with its defaults (journal, redaction, reply check, tenants); its request log is off, as is Prism's. Processor time counts all threads of the server; other work on the machine changes it less than it changes calls per second.",
    measured,
    "![cold start and throughput](chart.svg)",
    "## What is wanted",
    wanted,
    "## Growth",
    grown,
    ...(notes.length > 0 ? ["## Notes", notes.map((line) => `- ${line}`).join("\n")] : []),
  ].join("\n\n");
  writeFileSync(here("RESULTS.md"), `${text}\n`);
  writeFileSync(here("chart.svg"), chart(medians, ["cold start, ms", "calls/s, 32 connections"]));
  console.log(text);
}

const WIDTH = 640;
const ROW = 22;

/** A bar chart with one block for each quantity. */
function chart(medians, whats) {
  const parts = [];
  let y = 0;
  for (const what of whats) {
    y += 30;
    parts.push(`<text x="8" y="${y}" font-weight="bold">${what}</text>`);
    const most = Math.max(...[...medians.values()].map((found) => found[what]));
    for (const [name, found] of medians) {
      const width = Math.max(1, (found[what] / most) * 400);
      parts.push(
        `<text x="8" y="${y + ROW}">${name}</text>`,
        `<rect x="150" y="${y + ROW - 12}" width="${width.toFixed(0)}" height="15" fill="${name === "fauxdr" ? "#c33" : "#789"}"/>`,
        `<text x="${(156 + width).toFixed(0)}" y="${y + ROW}">${number(found[what])}</text>`,
      );
      y += ROW;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 16}" font-family="sans-serif" font-size="13">\n<title>Cold start and throughput</title>\n${parts.join("\n")}\n</svg>\n`;
}
