import { describe, expect, it } from "vitest";
import { runProbes } from "../../src/contract/probe.ts";
import { causesOf } from "../../src/contract/report/causes.ts";
import type { CaseResult } from "../../src/contract/result.ts";
import { WIRE_FORMS } from "../../src/core/tenant.ts";
import { type Mock, startMock } from "../../src/mock.ts";
import { loadVendorDocument } from "../../src/testing/vendor-documents.ts";
import { vendors } from "../../src/vendors/index.ts";
import { type Passing, wrongServer } from "../support/wrong-server.ts";

interface Put {
  readonly url?: string;
  readonly isChosen?: (id: string) => boolean;
  readonly limitMs?: number;
  readonly told?: Readonly<Record<string, string>>;
}

/** Sends all probes of a vendor, also destructive ones. */
async function put(
  vendorName: string,
  mock: Mock,
  { url = mock.url, isChosen = () => true, limitMs = 60_000, told }: Put = {},
): Promise<CaseResult[]> {
  const vendor = vendors.find(({ name }) => name === vendorName);
  if (!vendor) throw new Error(vendorName);
  const { contract } = vendor;
  return runProbes({
    url,
    document: await loadVendorDocument(vendor),
    probes: contract.probes.filter(({ id }) => isChosen(id)),
    variables: told ?? contract.environment(url, mock.credentials[vendorName] ?? [], undefined),
    targets: [...vendor.triggers.keys()].slice(0, 1),
    now: mock.clock.now,
    limitMs,
    failOn: "must" as const,
    onResult: () => {},
  });
}

const failed = (results: readonly CaseResult[]): string[] =>
  results.filter(({ outcome }) => outcome !== "pass").map(({ id }) => id);

const NAMES = vendors.map(({ name }) => name);
/** The vendors whose replies differ by wire form. */
const HAVE_WIRE_FORMS = ["cortex", "qualys"];
const BOTH = NAMES.flatMap((name) => WIRE_FORMS.map((wire) => [name, wire] as const));

describe.each(BOTH)("a mock of %s that speaks the %s form", (name, wire) => {
  it("has nothing against it, and is known by its wire", async () => {
    await using mock = await startMock({ wire });
    const results = await put(name, mock);
    expect(results.flatMap(({ findings }) => findings)).toEqual([]);
    expect(failed(results)).toEqual([]);
    if (HAVE_WIRE_FORMS.includes(name)) expect(results.at(-1)?.wire).toBe(wire);
  });

  it("is reported as shapes: no value of a reply is kept", async () => {
    await using mock = await startMock({ wire });
    const told = JSON.stringify(await put(name, mock));
    const secrets = mock.credentials[name]?.flatMap((own) => own.secrets) ?? [];
    const ids = mock.actions
      .list()
      .flatMap(({ id, targets }) => [id, ...targets.map((one) => one.id)]);
    expect(ids.length).toBeGreaterThan(0);
    for (const value of [...secrets, ...ids, "fauxdr-completes", "192.0.2"]) {
      expect(told).not.toContain(value);
    }
  });
});

/** Servers with one flaw each, and the probes that find it. */
const FLAWS: readonly (readonly [
  flaw: string,
  vendor: string,
  spoil: (passing: Passing) => void,
  found: readonly string[],
])[] = [
  [
    "lets in whoever shows no key",
    "cortex",
    (passing) => {
      if (passing.status !== 401 || passing.request.headers["x-xdr-auth-id"]) return;
      Object.assign(passing, { status: 200, body: '{"reply":[]}' });
    },
    ["cortex.probe.no-key", "cortex.probe.unknown-path-without-key"],
  ],
  [
    "answers 403 to a wrong key",
    "cortex",
    (passing) => {
      if (passing.status === 401) passing.status = 403;
    },
    [
      "cortex.probe.no-key",
      "cortex.probe.wrong-key",
      "cortex.probe.unknown-path-without-key",
      "cortex.probe.wrong-signature",
    ],
  ],
  [
    "answers broken JSON with a 500",
    "cortex",
    (passing) => {
      if (passing.status === 400 && passing.body.includes("line")) passing.status = 500;
    },
    ["cortex.probe.broken-json"],
  ],
  [
    "answers every quarantine with a page",
    "cortex",
    (passing) => {
      if (!passing.path.endsWith("/endpoints/quarantine")) return;
      Object.assign(passing, { status: 500, contentType: "text/html", body: "<h1>500</h1>" });
    },
    // The status of an action that was not created cannot be asked.
    ["cortex.probe.quarantine", "cortex.probe.action-status"],
  ],
  [
    "has an object where the inventory is a list",
    "cortex",
    (passing) => {
      if (!/get_endpoints\/?$/.test(passing.path) || passing.status !== 200) return;
      passing.body = '{"reply":{"endpoints":[]}}';
    },
    ["cortex.probe.advanced-key", "cortex.probe.endpoints", "cortex.probe.slash"],
  ],
  [
    "says in words whether a file is in quarantine",
    "cortex",
    (passing) => {
      if (passing.path.endsWith("quarantine/status")) {
        passing.body = passing.body.replace(/"status":(true|false)/g, '"status":"$1"');
      }
    },
    ["cortex.probe.unknown-file", "cortex.probe.quarantine-status"],
  ],
  [
    "knows a path without the slash only",
    "cortex",
    (passing) => {
      if (passing.path.endsWith("/")) passing.status = 404;
    },
    ["cortex.probe.slash"],
  ],
  [
    "answers a login with 200",
    "qualys",
    (passing) => {
      if (passing.status === 201) passing.status = 200;
    },
    [
      "qualys.probe.login",
      "qualys.probe.events",
      "qualys.probe.events-v1",
      "qualys.probe.count-events",
      "qualys.probe.assets",
      "qualys.probe.count-assets",
      "qualys.probe.unknown-event",
      "qualys.probe.unknown-remediation",
      "qualys.probe.unknown-path",
      "qualys.probe.events-last-hour",
      "qualys.probe.events-after",
      "qualys.probe.one-event",
      "qualys.probe.time-buckets",
      "qualys.probe.incidents-after",
      "qualys.probe.incident-events-after",
      "qualys.probe.assets-after",
      "qualys.probe.one-asset",
      "qualys.probe.quarantineHost",
      "qualys.probe.performQuarantineHostAction",
      "qualys.probe.quarantineHostV1",
      "qualys.probe.performQuarantineHostActionV1",
    ],
  ],
  [
    "wraps the list of assets",
    "qualys",
    (passing) => {
      if (passing.path.startsWith("/ioc/asset/all")) passing.body = `{"assets":${passing.body}}`;
    },
    ["qualys.probe.assets"],
  ],
  [
    "has not heard of one of the four paths",
    "qualys",
    (passing) => {
      if (passing.path.endsWith("/v1/remediation-actions/quarantineHost")) passing.status = 404;
    },
    ["qualys.probe.quarantineHostV1"],
  ],
  [
    "leaves out the id of a request",
    "qualys",
    (passing) => {
      passing.body = passing.body.replace(/"requestId":"[^"]*",/, "");
    },
    [
      "qualys.probe.quarantineHost",
      "qualys.probe.performQuarantineHostAction",
      "qualys.probe.quarantineHostV1",
      "qualys.probe.performQuarantineHostActionV1",
    ],
  ],
];

it.each(FLAWS)(
  "a server that %s (%s) is found by these probes, and by no other",
  async (...flaw) => {
    const [, vendor, spoil, found] = flaw;
    await using mock = await startMock();
    const url = await wrongServer(mock.url, (passing) => void spoil(passing));
    const results = await put(vendor, mock, { url });
    expect(failed(results)).toEqual(found);
  },
);

it("a member that the document does not have is reported, but does not fail", async () => {
  await using mock = await startMock();
  const url = await wrongServer(mock.url, (passing) => {
    passing.body = passing.body.replace(/^\{"status":/, '{"since":5,"status":');
    return undefined;
  });
  const [result] = await put("cortex", mock, { url, isChosen: (id) => id.endsWith(".health") });
  expect(result).toMatchObject({ outcome: "pass", findings: [{ severity: "info" }] });
});

it("a member that the document does not know hides no wrong type beside it", async () => {
  await using mock = await startMock();
  const url = await wrongServer(mock.url, (passing) => {
    passing.body = passing.body
      .replace(/^\{"reply":\{/, '{"reply":{"since":5,')
      .replace(/"total_count":\d+/, '"total_count":"many"');
    return undefined;
  });
  const isChosen = (id: string): boolean => id.endsWith(".search");
  const [result] = await put("cortex", mock, { url, isChosen });
  expect(result?.findings.map(({ severity, what }) => `${severity} ${what}`)).toEqual([
    "info getEndpoint /reply: the body does not match the spec: /reply must NOT have additional properties",
    "must getEndpoint /reply/total_count: the body does not match the spec: /reply/total_count must be integer",
  ]);
});

it("rows that are wrong in the same way are reported once", async () => {
  await using mock = await startMock();
  const url = await wrongServer(mock.url, (passing) => {
    passing.body = passing.body.replaceAll(/"endpoint_name":"[^"]*"/g, '"endpoint_name":5');
    return undefined;
  });
  const isChosen = (id: string): boolean => id.endsWith(".search");
  const [result] = await put("cortex", mock, { url, isChosen });
  expect(result?.findings).toHaveLength(1);
});

it("a server that accepts every key gets one cause, a must", async () => {
  await using mock = await startMock();
  const url = await wrongServer(mock.url, (passing) => {
    if (passing.status === 401) Object.assign(passing, { status: 200, body: '{"reply":[]}' });
    return undefined;
  });
  const results = await put("cortex", mock, { url });
  expect(failed(results)).toHaveLength(4);
  const causes = causesOf({ results, known: new Set() });
  expect(causes).toMatchObject([{ severity: "must", name: "verify.any-credentials" }]);
});

it("a server that accepts every token breaks only assumed behaviour, and passes", async () => {
  await using mock = await startMock();
  const url = await wrongServer(mock.url, (passing) => {
    const isToken = passing.status === 401 && passing.path !== "/auth";
    if (isToken) Object.assign(passing, { status: 200, body: '{"count":0}' });
    return undefined;
  });
  const results = await put("qualys", mock, { url });
  expect(failed(results)).toEqual([]);
  const causes = causesOf({ results, known: new Set() });
  expect(causes).toMatchObject([{ severity: "info", name: "verify.any-credentials" }]);
});

describe("a probe is inconclusive", () => {
  const health = (id: string): boolean => id.endsWith(".health");

  it("where credentials are not set", async () => {
    await using mock = await startMock();
    expect(await put("cortex", mock, { told: {}, isChosen: health })).toMatchObject([
      {
        outcome: "inconclusive",
        reason: "CORTEX_API_KEY_ID is not known: set it, see fauxdr env",
      },
    ]);
  });

  it("where the server asks for fewer calls", async () => {
    await using mock = await startMock();
    const url = await wrongServer(mock.url, (passing) => {
      passing.status = 429;
      return undefined;
    });
    expect(await put("cortex", mock, { url, isChosen: health })).toMatchObject([
      { outcome: "inconclusive", reason: "the server limits calls (429)" },
    ]);
  });

  it("where no reply comes", async () => {
    await using mock = await startMock();
    const url = await wrongServer(mock.url, () => "silence");
    const options = { url, isChosen: health, limitMs: 100 };
    expect(await put("cortex", mock, options)).toMatchObject([
      { outcome: "inconclusive", reason: "no reply came within 0.1 s" },
    ]);
  });
});
