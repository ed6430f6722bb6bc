import { describe, expect, it } from "vitest";
import * as cortex from "../support/cortex.ts";
import { ANYWHERE, BY_NAME, leaks, type Planted, planted } from "../support/planted.ts";
import { type Server, startServer } from "../support/process.ts";
import { isAll } from "../support/programs.ts";
import * as qualys from "../support/qualys.ts";
import { until } from "../support/watched.ts";

/** A real key that this server does not know. It has characters that URLs and JSON escape. */
const UNKNOWN = 'Zx9"of/nobody+42\\key';

interface Tenant {
  readonly vendors: readonly {
    readonly credentials: readonly { readonly values: Readonly<Record<string, string>> }[];
  }[];
}

/** Every credential of the tenant `default`. */
async function secretsOf({ url }: Server): Promise<readonly string[]> {
  const { vendors } = (await (await fetch(`${url}/__admin/tenants/default`)).json()) as Tenant;
  const own = vendors.flatMap(({ credentials }) =>
    credentials.flatMap(({ values }) =>
      ["key", "password", "token"].flatMap((field) => values[field] ?? []),
    ),
  );
  expect(own).toHaveLength(13);
  return own;
}

const send = async ({ url }: Server, { path, ...init }: Planted): Promise<void> => {
  await (await fetch(`${url}${path}`, { method: "POST", ...init })).arrayBuffer();
};

/** Everything that shows some requests, by place. */
async function seen(
  logFormat: "text" | "json",
  requests: (own: readonly string[]) => readonly Planted[],
): Promise<Readonly<Record<string, string>>> {
  await using server = await startServer(["--port", "0", "--log-format", logFormat]);
  const admin = `${server.url}/__admin`;
  const own = await secretsOf(server);
  const { body: stream } = await fetch(`${admin}/requests/stream`);
  let events = "";
  const reading = (async () => {
    for await (const chunk of stream ?? []) events += Buffer.from(chunk).toString();
  })().catch(() => {});
  const all = requests(own);
  for (const one of all) await send(server, one);
  await until(() => events.split("event: closed").length > all.length);
  const text = async (path: string): Promise<string> => (await fetch(`${admin}${path}`)).text();
  const shown = {
    journal: await text("/requests"),
    archive: await text("/requests/har"),
    snapshot: await text("/tenants/default/snapshot"),
  };
  expect(JSON.parse(shown.journal).requests).toHaveLength(all.length);
  const { stdout, stderr } = await server.stop();
  await reading;
  // The banner shows the tenant's own credentials on purpose.
  const log = stdout
    .split("\n")
    .slice(stdout.split("\n").findIndex((line) => /listens on|"url"/.test(line)) + 1);
  expect(log.length).toBeGreaterThan(all.length);
  return { ...shown, stream: events, log: log.join("\n"), stderr };
}

/** The secrets that were found, by place. */
function found(shown: Readonly<Record<string, string>>, secrets: readonly string[]): string[] {
  return Object.entries(shown).flatMap(([where, text]) =>
    secrets.filter((secret) => leaks(text, secret)).map((secret) => `${secret} in the ${where}`),
  );
}

/** Calls that are granted, with a secret in their texts. */
const granted = (secret: string): Planted[] => [
  {
    path: cortex.PATH,
    headers: cortex.headers() as Record<string, string>,
    body: JSON.stringify(cortex.body({ file_path: `/tmp/${secret}` })),
  },
  {
    path: qualys.PATH,
    headers: qualys.headers() as Record<string, string>,
    body: JSON.stringify(qualys.body({ comment: `was ${secret}`, user: secret })),
  },
];

const places = Object.entries({ ...BY_NAME, ...ANYWHERE });

describe.each(["text", "json"] as const)("with a log as %s", (logFormat) => {
  it("a tenant's own credentials are stored nowhere, from any part of a request", async () => {
    let own: readonly string[] = [];
    const shown = await seen(logFormat, (secrets) => {
      // `npm test` tries each third in either form of the log, and not the same ones.
      const first = logFormat === "text" ? 0 : 1;
      own = secrets.filter((_, nth) => isAll || nth % 3 === first);
      return own.flatMap((secret) => [
        ...places.map(([, plant]) => planted(plant, secret)),
        ...granted(secret),
      ]);
    });
    expect(found(shown, own)).toEqual([]);
    expect(shown["journal"]).toContain("[redacted]");
  });

  it("an unknown credential is stored nowhere once a request has used it as one", async () => {
    const shown = await seen(logFormat, () => [
      ...Object.values(BY_NAME).map((plant) => planted(plant, UNKNOWN)),
      ...Object.values(ANYWHERE).map((plant) => {
        const { headers, ...request } = planted(plant, UNKNOWN);
        return { ...request, headers: { authorization: `Bearer ${UNKNOWN}`, ...headers } };
      }),
    ]);
    expect(found(shown, [UNKNOWN])).toEqual([]);
  });
});
