import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { jsonLine, textLine } from "../../src/cli/log.ts";
import { check } from "../../src/contract/check.ts";
import { functionClient } from "../../src/contract/client.ts";
import { runProbes } from "../../src/contract/probe.ts";
import { jsonReport } from "../../src/contract/report/json.ts";
import { junit } from "../../src/contract/report/junit.ts";
import { markdown } from "../../src/contract/report/markdown.ts";
import { createReport } from "../../src/contract/report/report.ts";
import { terminal } from "../../src/contract/report/terminal.ts";
import type { CaseResult } from "../../src/contract/result.ts";
import { judgeRun } from "../../src/contract/run.ts";
import { createWorlds } from "../../src/contract/worlds.ts";
import type { Vendor } from "../../src/core/vendor.ts";
import type { Mock } from "../../src/mock.ts";
import { mockTarget } from "../../src/testing/mock-target.ts";
import { loadVendorDocument } from "../../src/testing/vendor-documents.ts";
import { vendors } from "../../src/vendors/index.ts";
import { corpus, secretsIn } from "./corpus.ts";
import { exchange } from "./raw-socket.ts";

export const planted: ReturnType<typeof corpus> = corpus((number) => `Zx9Qv7Rt42kLmN8w${number}qB`);
const secrets = planted.map(({ secret }) => secret);

const bytesOf = ({ path, target = path, headers, body = "" }: (typeof planted)[number]): Buffer => {
  const content = Buffer.from(body as string);
  const method = target.startsWith("bob:") ? "CONNECT" : "POST";
  const lines = Object.entries({ host: "127.0.0.1", connection: "close", ...headers });
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${content.length}`,
  ].join("\r\n");
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), content]);
};

/** Sends a mock every secret of the corpus, in its place. */
export async function plant({ port }: Pick<Mock, "port">): Promise<void> {
  for (const one of planted) await exchange(port, bytesOf(one));
}

/** Where which secrets of the corpus are found again. */
export const foundIn = (places: Readonly<Record<string, string>>): string[] =>
  Object.entries(places).flatMap(([place, text]) =>
    secretsIn(text, secrets).map(
      (secret) => `${planted.find((one) => one.secret === secret)?.what}: in the ${place}`,
    ),
  );

/** What a mock shows of its calls by its control API, which is what the inspector gets. */
export async function shownBy({ url }: Pick<Mock, "url">): Promise<Record<string, string>> {
  const text = async (path: string, init?: RequestInit): Promise<string> =>
    (await fetch(`${url}/__admin${path}`, init)).text();
  const nothingFits = { count: 1, where: { "/nowhere": "x" } };
  return {
    journal: await text("/requests"),
    archive: await text("/requests/har"),
    findings: await text("/findings"),
    verdict: await text("/verdict"),
    "message of an expectation": await text("/tenants/default/verify", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(nothingFits),
    }),
    snapshot: await text("/tenants/default/snapshot"),
    tenants: await text("/tenants"),
    actions: await text("/tenants/default/actions"),
  };
}

/** What the kit reports, in all forms: of a run, of a check, and of a server whose replies have the secrets. */
export async function reportsOn(mock: Mock): Promise<Record<string, string>> {
  const entries = mock.journal.entries();
  const worlds = createWorlds(entries.length);
  for (const entry of entries) worlds.add(entry);
  const run = judgeRun({
    command: ["npm", "test"],
    ended: { exitCode: 0, timedOut: false, stdout: "", stderr: "" },
    stallMs: 0,
    durationMs: 5,
    worlds,
    vendors,
    wire: mock.settings.wire,
    failOn: "must",
  });
  const checked = await check({
    target: mockTarget(mock),
    client: functionClient(async () => ({ outcome: "completed" })),
    vendors: vendors.map(({ name, contract }) => ({
      name,
      contract: { ...contract, cases: contract.cases.slice(0, 1) },
    })),
    isChosen: () => true,
    jobs: 1,
    failOn: "must",
    onResult: () => {},
  });
  const log = entries.map((entry) => `${textLine(entry)}\n${jsonLine(entry)}`).join("\n");
  return {
    log,
    ...inAllForms("run", run),
    ...inAllForms("check", checked),
    ...inAllForms("verify", await verified()),
  };
}

function inAllForms(command: string, results: readonly CaseResult[]): Record<string, string> {
  const terms = { title: command, failOn: "must", failOnAssumed: true, baseline: {} } as const;
  const report = createReport(results, { ...terms, all: true });
  return {
    [`${command}, text`]: terminal(report, { verbose: true, trace: true }),
    [`${command}, JUnit`]: junit(report),
    [`${command}, JSON`]: jsonReport(report, { trace: true }),
    [`${command}, Markdown`]: markdown(report),
  };
}

/** Probes of a server that has secrets in every reply: in headers, as values, and as names. */
async function verified(): Promise<CaseResult[]> {
  let next = 0;
  const one = (): string => secrets[next++ % secrets.length] as string;
  const server = createServer((_, res) => {
    res.setHeader("x-request-id", one());
    res.setHeader("set-cookie", `session=${one()}`);
    res.setHeader("content-type", "application/json");
    res.statusCode = [200, 401, 500][next % 3] as number;
    res.end(JSON.stringify({ token: one(), reply: { err_extra: one() }, [one()]: [one()] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const put = async (vendor: Vendor): Promise<CaseResult[]> =>
    runProbes({
      url,
      document: await loadVendorDocument(vendor),
      probes: vendor.contract.probes,
      variables: vendor.contract.environment(url, [], undefined),
      targets: [...vendor.triggers.keys()].slice(0, 1),
      now: Date.now,
      limitMs: 60_000,
      failOn: "must",
      onResult: () => {},
    });
  try {
    return (await Promise.all(vendors.map(put))).flat();
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
