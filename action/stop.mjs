// The action's second half: says what the mock has against the calls that it got, and ends it.
import { appendFileSync } from "node:fs";

const { env } = process;
const url = env.STATE_url;
const vendor = env.INPUT_VENDOR ?? "";
const isStrict = env.INPUT_STRICT === "true";
// The first half has failed, and said why.
if (url === undefined) process.exit();

const ask = async (path) => (await fetch(`${url}/__admin${path}`)).json();
const [{ requests, dropped }, { findings }] = await Promise.all([
  ask("/requests"),
  ask("/findings"),
]).finally(() => process.kill(Number(env.STATE_pid)));

const own = findings.filter((finding) => vendor === "" || finding.vendor === vendor);
const counting = own.filter(
  ({ severity }) => severity === "must" || (isStrict && severity === "should"),
);
const cell = (text) =>
  text.replace(/[&<|]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\n/g, " ");
const lines = [
  "## fauxdr",
  "",
  `${requests.length + dropped} calls, ${own.length} findings, ${counting.length} of which count`,
  ...(own.length > 0 ? ["", "| | Rule | What is wrong |", "| --- | --- | --- |"] : []),
  ...own.map(
    ({ severity, rule, what, fix }) =>
      `| ${severity} | \`${rule}\` | ${cell(what)}<br>${cell(fix)} |`,
  ),
];
if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, `${lines.join("\n")}\n`);
for (const { severity, rule, what, fix } of own) {
  const level = counting.some((one) => one.rule === rule) ? "error" : "notice";
  process.stdout.write(
    `::${level} title=fauxdr ${rule} (${severity})::${`${what}. ${fix}`.replace(/\n/g, "%0A")}\n`,
  );
}
process.stdout.write(`${lines[2]}\n`);
if (requests.length + dropped === 0) {
  process.stdout.write(
    "::error title=fauxdr::nothing was sent to the mock: do the tests take their URL from the environment?\n",
  );
}
process.exitCode = counting.length > 0 || requests.length + dropped === 0 ? 1 : 0;
