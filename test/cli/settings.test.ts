import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commandLine } from "../../src/cli/command-line.ts";
import { commandSettings, FREE_PORTS } from "../../src/cli/settings.ts";
import { KitError } from "../../src/core/errors.ts";
import type { FaultRule } from "../../src/core/faults/fault.ts";
import type { Setting } from "../../src/core/setting.ts";
import { envOf, flagOf } from "../../src/settings/names.ts";
import { SETTINGS, type Settings } from "../../src/settings/table.ts";
import type { VendorSettings } from "../../src/vendors/index.ts";

const directory = mkdtempSync(join(tmpdir(), "fauxdr-settings-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** The settings of `fauxdr serve` with these arguments. */
const settingsOf = (args: readonly string[], env: NodeJS.ProcessEnv): Settings =>
  commandSettings(commandLine("serve", args, {}).settings, env);

let files = 0;
/** A configuration file with this text. */
function file(content: string): string {
  const path = join(directory, `${++files}.json`);
  writeFileSync(path, content);
  return path;
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

const written = (value: unknown): string => {
  if (isNames(value)) return value.join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

const rule = (times: number): FaultRule => ({ times, fault: { kind: "delay", delayMs: 1 } });

type General = Omit<Settings, keyof VendorSettings>;

/** Three values of each general setting, none of them the default. */
const GENERAL: { readonly [Name in keyof General]: readonly General[Name][] } = {
  host: ["0.0.0.0", "::1", "localhost"],
  port: [0, 80, 65_535],
  tls: [true, true, true],
  tlsPort: [0, 443, 65_535],
  tlsNames: ["a", "*.b.test", "::1,c"],
  tlsCert: ["a", "b", "c"],
  tlsKey: ["a", "b", "c"],
  caOut: ["a", "b", "c"],
  adminToken: ["a", "b-._~+/", "c=="],
  allowedHosts: ["*", "b.test", "*.c.test,d"],
  corsOrigins: ["*", "http://b.test:8080", "http://c,https://d"],
  readyFile: ["a", "b", "c"],
  logFormat: ["json", "json", "json"],
  log: ["none", "none", "none"],
  upstream: ["https://a.test", "http://b.test:8080", "https://c.test/base"],
  store: ["redis://a/1", "rediss://user:password@b:6380/2", "memory"],
  storePrefix: ["a", "team-a:mock.1_x", "b"],
  storeIdleSeconds: [1, 86_400, 3600],
  storeTenants: [1, 50, 2],
  bodyLimitBytes: [1, 2, 3],
  openBodiesBytes: [1, 2, 3],
  tenantLimit: [1, 2, 3],
  wire: ["recorded", "recorded", "recorded"],
  seed: ["a", "b", "c"],
  clock: ["2026-01-31T12:00:00Z", "2027-01-31T12:00:00Z", "2028-01-31T12:00:00Z"],
  progress: ["manual", "polls", "polls"],
  stepSeconds: [0, 2, 3],
  timeoutSeconds: [1, 2, 3],
  expirySeconds: [1, 2, 3],
  stepPolls: [2, 3, 4],
  fleet: [1, 2, 3],
  scenario: ["a", "b", "c"],
  faults: [[rule(1)], [rule(2)], [rule(3)]],
  also: [["a.yaml"], ["b.yaml", "c.json"], ["d.yaml"]],
  journalEntries: [1, 2, 3],
  journalBodyBytes: [0, 1, 2],
  journalShows: ["all", "all", "all"],
};

/** Values of any setting, as far as there are some besides the default. */
function valuesOf(name: keyof Settings): readonly unknown[] {
  if (Object.hasOwn(GENERAL, name)) return GENERAL[name as keyof General];
  const setting: Setting = SETTINGS[name];
  const all = {
    switch: [true, false],
    integer: "min" in setting ? [setting.min, setting.max, setting.max - 1] : [],
    choice: "choices" in setting ? setting.choices : [],
    text: ["a", "b", "c"],
    json: [],
    list: [],
  }[setting.kind];
  const others = all.filter((value) => value !== setting.default);
  return [others[0], others.at(-1), others[0]];
}

describe.each(Object.keys(SETTINGS) as (keyof Settings)[])("%s", (name) => {
  const [byFlag, byEnv, byFile] = valuesOf(name);
  const fallback = SETTINGS[name].default;
  const args =
    typeof byFlag === "boolean" ? [`--${flagOf(name)}`] : [`--${flagOf(name)}=${written(byFlag)}`];
  const env = { [envOf(name)]: written(byEnv) };
  const config = ["--config", file(JSON.stringify({ [name]: byFile }))];
  const read = (given: readonly string[], variables = {}): unknown =>
    settingsOf(given, variables)[name];

  it("is read from its flag, its variable and the file, and is its default otherwise", () => {
    expect([read(args), read([], env), read(config), read([])]).toEqual([
      byFlag,
      byEnv,
      byFile,
      fallback,
    ]);
  });

  it("counts by flag before variable before file", () => {
    expect(read([...config, ...args], env)).toEqual(byFlag);
    expect(read([...args, ...config])).toEqual(byFlag);
    expect(read(config, env)).toEqual(byEnv);
  });

  it("leaves every other setting as it is", () => {
    const { [name]: _, ...others } = settingsOf(args, {});
    const { [name]: __, ...untouched } = settingsOf([], {});
    expect(others).toEqual(untouched);
  });
});

describe("a switch", () => {
  it("is turned off by its flag's --no- form", () => {
    const on = { FAUXDR_REFUSE_NONCE_REUSE: "true" };
    expect(settingsOf(["--no-refuse-nonce-reuse"], on).refuseNonceReuse).toBe(false);
  });
});

it("a value may follow its flag after a space, and the last one of the same flag counts", () => {
  expect(settingsOf(["--port", "1", "--port", "2"], {}).port).toBe(2);
});

describe("flags that cannot be read stop the start with one sentence", () => {
  it.each([
    [["--prot", "1"], "Unknown option '--prot': did you mean \"--port\"?"],
    [["-p", "1"], "Unknown option '-p': run fauxdr help serve for the list of flags."],
    [["--no-port"], "Unknown option '--no-port': run fauxdr help serve for the list of flags."],
    [["--readyFile=x"], "Unknown option '--readyFile': did you mean \"--ready-file\"?"],
    [["4620"], "Unexpected argument '4620': run fauxdr help serve to see what it takes."],
    [["--", "--port"], "Unexpected argument '--port': run fauxdr help serve to see what it takes."],
    [
      ["--port"],
      "Option '--port <value>' argument missing: run fauxdr help serve for the list of flags.",
    ],
    [
      ["--port", "--log"],
      "Option '--port' argument is ambiguous: run fauxdr help serve for the list of flags.",
    ],
    [
      ["--refuse-nonce-reuse=true"],
      "Option '--refuse-nonce-reuse' does not take an argument: run fauxdr help serve for the list of flags.",
    ],
    [["--port=x"], '--port must be a whole number from 0 to 65535, not "x".'],
    [["--log-format", "xml"], '--log-format must be text or json, not "xml".'],
  ])("%j", (args, sentence) => {
    expect(() => settingsOf(args, {})).toThrow(new KitError(sentence));
  });
});

it("a preset counts before the environment, and a flag before the preset", () => {
  const env = { FAUXDR_PORT: "80", FAUXDR_TLS_PORT: "443" };
  const { settings } = commandLine("run", ["--tls-port", "8443"], {});
  expect(commandSettings(settings, env, FREE_PORTS)).toMatchObject({ port: 0, tlsPort: 8443 });
});

describe("the configuration file", () => {
  it("is named by a variable where no flag names one", () => {
    const [one, other] = [file('{"port": 1}'), file('{"port": 2}')];
    expect(settingsOf([], { FAUXDR_CONFIG: one }).port).toBe(1);
    expect(settingsOf(["--config", other], { FAUXDR_CONFIG: one }).port).toBe(2);
  });

  it("may begin with a byte-order mark", () => {
    expect(settingsOf(["--config", file('\ufeff{"port": 1}')], {}).port).toBe(1);
  });

  it("may be empty of settings", () => {
    expect(settingsOf(["--config", file(" {} \n")], {})).toEqual(settingsOf([], {}));
  });

  it.each([
    ["", "is not JSON at line 1, column 1: the file ends too early."],
    ['{\n  "port": 1,\n}', "is not JSON at line 3, column 1: there must be no comma before }."],
    [
      "port: 4620\nlog: none\n",
      'is not JSON at line 1, column 1: this looks like YAML; write JSON instead, such as {"port": 4620}.',
    ],
    [
      '{\n  // the port\n  "port": 1}',
      "is not JSON at line 2, column 3: JSON has no comments, so remove this one.",
    ],
    [
      '{"port": 1 /* the port */}',
      "is not JSON at line 1, column 12: JSON has no comments, so remove this one.",
    ],
    ["{port: 1}", "is not JSON at line 1, column 2: a name in double quotes is expected here."],
    [
      '{"log": none}',
      "is not JSON at line 1, column 9: a value is expected here; a string needs double quotes.",
    ],
    ['{"port" 1}', "is not JSON at line 1, column 9: a colon is expected here."],
    [
      '{"port": 1 "log": "none"}',
      "is not JSON at line 1, column 12: a comma or a closing bracket is expected here.",
    ],
    [
      '{"readyFile": "C:\\x"}',
      "is not JSON at line 1, column 18: this is not an escape: write \\\\ for a backslash.",
    ],
    ['{"log": "none', "is not JSON at line 1, column 9: this string has no closing quote."],
    [
      '{"port": 1} {}',
      "is not JSON at line 1, column 13: there is something after the end of the object.",
    ],
    ['{"port": 1, "port": 2}', 'is not JSON at line 1, column 13: duplicate property name "port".'],
    ["[]", "must contain a JSON object of settings."],
    ["null", "must contain a JSON object of settings."],
    ['"port"', "must contain a JSON object of settings."],
  ])("with the text %j stops the start", (text, complaint) => {
    const path = file(text);
    expect(() => settingsOf(["--config", path], {})).toThrow(
      new KitError(`The configuration file ${path} ${complaint}`),
    );
  });

  it("with a name that is not a setting stops the start", () => {
    const path = file('{"port": 0, "log-format": "json"}');
    expect(() => settingsOf(["--config", path], {})).toThrow(
      new KitError(`"log-format" in ${path} is not a setting: did you mean "logFormat"?`),
    );
  });

  it("with a value that does not fit stops the start, even where a flag overrules another", () => {
    const path = file('{"port": 0, "log": true}');
    expect(() => settingsOf(["--config", path, "--port", "1"], {})).toThrow(
      new KitError(`"log" in ${path} must be requests or none, not true.`),
    );
  });

  it.each([
    ["that is not there", join(directory, "missing.json")],
    ["that is a directory", directory],
  ])("%s stops the start", (_, path) => {
    expect(() => settingsOf([], { FAUXDR_CONFIG: path })).toThrow(
      new KitError(`The configuration file ${path} cannot be read.`),
    );
  });
});

describe("an empty variable", () => {
  it("is an unset one: the file, then the default counts", () => {
    const empty = Object.fromEntries(
      Object.keys(SETTINGS)
        .filter((name) => name !== "adminToken")
        .map((name) => [envOf(name), ""]),
    );
    expect(settingsOf([], { ...empty, FAUXDR_CONFIG: "" })).toEqual(settingsOf([], {}));
    const config = ["--config", file('{"port": 1}')];
    expect(settingsOf(config, { FAUXDR_PORT: "" }).port).toBe(1);
  });

  it("of a token stops the start, and so does an empty flag: the control API would be open", () => {
    const sentence = (called: string) =>
      new KitError(
        `${called} is empty: set a token, or leave it out if the control API needs none.`,
      );
    expect(() => settingsOf([], { FAUXDR_ADMIN_TOKEN: "" })).toThrow(
      sentence("FAUXDR_ADMIN_TOKEN"),
    );
    expect(() => settingsOf(["--admin-token", ""], {})).toThrow(sentence("--admin-token"));
    const path = file('{"adminToken": ""}');
    expect(() => settingsOf(["--config", path], {})).toThrow(sentence(`"adminToken" in ${path}`));
    // A flag does not make an empty variable right.
    expect(() => settingsOf(["--admin-token", "x"], { FAUXDR_ADMIN_TOKEN: "" })).toThrow(
      sentence("FAUXDR_ADMIN_TOKEN"),
    );
  });
});
