// The action's second half: says what the mock has against the calls that it got, and ends it.
import { appendFileSync } from "node:fs";

const { env } = process;
const url = env.STATE_url;
const vendor = env.INPUT_VENDOR ?? "";
const failOn = env.INPUT_STRICT === "true" ? "should" : "must";
// The first half has failed, and said why.
if (url === undefined) process.exit();

/** The mock's verdict. One that cannot be had is none of `passed`. */
async function ask() {
  const query = new URLSearchParams({ failOn, ...(vendor && { vendor }) });
  const headers = env.STATE_token ? { authorization: `Bearer ${env.STATE_token}` } : {};
  try {
    return await (await fetch(`${url}/__admin/verdict?${query}`, { headers })).json();
  } catch (error) {
    return {
      error: `the mock does not answer any more (${error.cause?.message ?? error.message})`,
    };
  }
}

const { verdict, error, requests = 0, findings = [] } = await ask();
try {
  process.kill(Number(env.STATE_pid));
} catch {
  // It has ended by itself: the verdict is none.
}

const counts = ({ severity }) =>
  severity === "must" || (severity === "should" && failOn === "should");
const cell = (text) =>
  text.replace(/[&<|]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\n/g, " ");
const lines = [
  "## fauxdr",
  "",
  `${requests} calls, ${findings.length} findings, ${findings.filter(counts).length} of which count`,
  ...(error ? ["", cell(error)] : []),
  ...(findings.length > 0 ? ["", "| | Rule | What is wrong |", "| --- | --- | --- |"] : []),
  ...findings.map(
    ({ severity, rule, what, fix }) =>
      `| ${severity} | \`${rule}\` | ${cell(what)}<br>${cell(fix)} |`,
  ),
];
if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, `${lines.join("\n")}\n`);
const annotate = (level, title, text) =>
  process.stdout.write(`::${level} title=${title}::${text.replace(/\n/g, "%0A")}\n`);
for (const finding of findings) {
  const { severity, rule, what, fix } = finding;
  annotate(counts(finding) ? "error" : "notice", `fauxdr ${rule} (${severity})`, `${what}. ${fix}`);
}
process.stdout.write(`${lines[2]}\n`);
if (error && verdict !== "failed") annotate("error", "fauxdr", error);
process.exitCode = verdict === "passed" ? 0 : 1;
