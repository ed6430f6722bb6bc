import { readFileSync } from "node:fs";
import { KitError } from "../core/errors.ts";
import { clean } from "../recording/clean.ts";
import { documentOf } from "../recording/document.ts";
import { readHar } from "../recording/har.ts";
import { yamlOf } from "../recording/yaml.ts";
import { type SortedCalls, sortCalls } from "../testing/recorded-calls.ts";
import { vendors } from "../vendors/index.ts";
import { commandLine, type Flags } from "./command-line.ts";
import { writeOwnFile } from "./own-file.ts";
import { chooseVendors } from "./vendors.ts";

export const FLAGS: Flags = {
  out: {
    type: "string",
    short: "o",
    value: "<file>",
    doc: "file to write the document into (default: print it)",
  },
  vendor: {
    type: "string",
    value: "<vendor>",
    doc: "vendor whose calls the recording has, where their paths do not say",
  },
};

/** `fauxdr also from <recording.har>`: turns a recording into an OpenAPI document for `--also`. */
export async function alsoCommand(args: readonly string[]): Promise<number> {
  const { own, settings, words } = commandLine("also", args, FLAGS, 2);
  const [verb, file] = words;
  if (verb !== "from" || file === undefined) {
    throw new KitError(
      "fauxdr also needs a recording: fauxdr also from recording.har -o also.yaml",
    );
  }
  const [flag] = settings.flags;
  if (flag !== undefined) {
    throw new KitError(
      `fauxdr also does not start a server, so it takes no settings: remove ${flag}.`,
    );
  }
  const named = own.text("vendor");
  const [chosen] = named === undefined ? [] : chooseVendors([named]);
  const { calls, unanswered } = readHar(read(file), file);
  const sorted = await sortCalls(calls, vendors, chosen);
  const { vendor, unserved } = sorted;
  const out = own.text("out");
  const lines = reportLines(sorted, unanswered);
  if (unserved.length > 0) {
    const document = documentOf(
      clean(unserved),
      vendor.name,
      new Set(Object.keys(vendor.operations)),
    );
    const text = yamlOf(document);
    if (out === undefined) process.stdout.write(text);
    else writeOwnFile(out, text, "OpenAPI");
    lines.unshift(writtenLine(document, unserved.length, vendor.title, out));
  } else
    lines.unshift(`fauxdr serves all calls of ${vendor.title} in it, so there is nothing to write`);
  process.stderr.write(`${lines.join("\n")}\n`);
  return 0;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new KitError(`The recording ${file} cannot be read.`);
  }
}

function writtenLine(
  document: Readonly<Record<string, unknown>>,
  calls: number,
  title: string,
  out = "the document",
): string {
  const paths = Object.values(document["paths"] as Readonly<Record<string, object>>);
  const operations = paths.reduce((sum, item) => sum + Object.keys(item).length, 0);
  return `${out} has ${operations} operations of ${title}, from ${calls} calls; look through it before you share it`;
}

function reportLines({ vendor, compared, others }: SortedCalls, unanswered: number): string[] {
  const verdicts = new Map<string, number>();
  for (const { operation, status, drifts } of compared) {
    const real = drifts.filter(({ isAddition }) => !isAddition);
    const said = real.length === 0 ? ["fits the vendor's document"] : real.map(({ what }) => what);
    for (const what of said) {
      const line = `served: ${operation} ${status}: ${what}`;
      verdicts.set(line, (verdicts.get(line) ?? 0) + 1);
    }
  }
  const left = new Map<string, number>();
  for (const { url } of others) left.set(url.host, (left.get(url.host) ?? 0) + 1);
  return [
    ...[...verdicts].map(([line, count]) => (count > 1 ? `${line} (${count} times)` : line)),
    ...[...left].map(
      ([host, count]) => `left out: ${count} calls to ${host} that are not of ${vendor.title}`,
    ),
    ...(unanswered > 0 ? [`left out: ${unanswered} calls that got no reply`] : []),
  ];
}
