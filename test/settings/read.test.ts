import { describe, expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import { envOf, flagOf } from "../../src/settings/names.ts";
import {
  environment,
  fromObject,
  readSettings,
  tenantSettingsOf,
} from "../../src/settings/read.ts";
import { SETTINGS, type Settings } from "../../src/settings/table.ts";

const names = Object.keys(SETTINGS) as (keyof Settings)[];
const defaults = Object.fromEntries(names.map((name) => [name, SETTINGS[name].default]));
const from = (values: Record<string, unknown>): Settings =>
  readSettings([{ values, call: (name) => `<${name}>` }]);

describe("the table", () => {
  it("gives every setting its default when nothing is set", () => {
    expect(readSettings([])).toEqual(defaults);
  });

  it.each(names)("takes the default of %s, as a value and as a text", (name) => {
    const value = SETTINGS[name].default;
    expect(from({ [name]: value })).toEqual(defaults);
    const text = SETTINGS[name].kind === "json" ? JSON.stringify(value) : String(value);
    expect(from({ [name]: text })).toEqual(defaults);
  });

  it("takes both ends of every range", () => {
    for (const name of names) {
      const setting = SETTINGS[name];
      if (setting.kind !== "integer") continue;
      for (const end of [setting.min, setting.max]) {
        expect(from({ [name]: String(end) })[name], name).toBe(end);
      }
    }
  });

  it.each(names)("says in one line what %s is", (name) => {
    expect(SETTINGS[name].doc).toMatch(/^[^\n]{4,100}[^.\n]$/);
  });

  it("gives no two settings the same flag or the same variable", () => {
    expect(new Set(names.map(flagOf)).size).toBe(names.length);
    expect(new Set(names.map(envOf)).size).toBe(names.length);
  });

  it("has no flag that could be the --no- form of another", () => {
    expect(names.map(flagOf).filter((flag) => /^no-|^config$|^help$|^version$/.test(flag))).toEqual(
      [],
    );
  });

  it("writes a name as a flag and as a variable", () => {
    expect([flagOf("readyFile"), envOf("readyFile")]).toEqual(["ready-file", "FAUXDR_READY_FILE"]);
    expect([flagOf("port"), envOf("port")]).toEqual(["port", "FAUXDR_PORT"]);
  });

  it("lets a tenant have its own settings, except those of the server", () => {
    const own = new Set(Object.keys(tenantSettingsOf(readSettings([]))));
    expect(names.filter((name) => !own.has(name))).toEqual([
      "host",
      "port",
      "tls",
      "tlsPort",
      "tlsNames",
      "tlsCert",
      "tlsKey",
      "caOut",
      "adminToken",
      "allowedHosts",
      "corsOrigins",
      "readyFile",
      "logFormat",
      "log",
      "bodyLimitBytes",
      "openBodiesBytes",
      "tenantLimit",
      "upstream",
      "store",
      "storePrefix",
      "storeIdleSeconds",
      "storeTenants",
    ]);
  });
});

describe("an invalid value prevents the start with one sentence", () => {
  it.each<[keyof Settings, unknown, string]>([
    ["host", 1, "must be text, not 1."],
    ["host", null, "must be text, not null."],
    ["port", "", 'must be a whole number from 0 to 65535, not "".'],
    ["port", "-1", 'must be a whole number from 0 to 65535, not "-1".'],
    ["port", "65536", 'must be a whole number from 0 to 65535, not "65536".'],
    ["port", "4620 ", 'must be a whole number from 0 to 65535, not "4620 ".'],
    ["port", "4e3", 'must be a whole number from 0 to 65535, not "4e3".'],
    ["port", "0x10", 'must be a whole number from 0 to 65535, not "0x10".'],
    ["port", "http", 'must be a whole number from 0 to 65535, not "http".'],
    ["port", 1.5, "must be a whole number from 0 to 65535, not 1.5."],
    ["port", -1, "must be a whole number from 0 to 65535, not -1."],
    ["port", true, "must be a whole number from 0 to 65535, not true."],
    ["port", [4620], "must be a whole number from 0 to 65535, not [4620]."],
    ["port", null, "must be a whole number from 0 to 65535, not null."],
    ["readyFile", false, "must be text, not false."],
    ["logFormat", "xml", 'must be text or json, not "xml".'],
    ["logFormat", "JSON", 'must be text or json, not "JSON".'],
    ["log", "all", 'must be requests or none, not "all".'],
    ["bodyLimitBytes", "0", 'must be a whole number from 1 to 1073741824, not "0".'],
    ["bodyLimitBytes", "10M", 'must be a whole number from 1 to 1073741824, not "10M".'],
    ["wire", "latest", 'must be document or recorded, not "latest".'],
    ["seed", 7, "must be text, not 7."],
    ["clock", "noon", 'must be "real" or a moment such as 2026-01-31T12:00:00Z, not "noon".'],
    [
      "clock",
      "2026-02-30T00:00:00Z",
      'must be "real" or a moment such as 2026-01-31T12:00:00Z, not "2026-02-30T00:00:00Z".',
    ],
    ["clock", 0, "must be text, not 0."],
    ["progress", "fast", 'must be time, polls or manual, not "fast".'],
    ["stepSeconds", "86401", 'must be a whole number from 0 to 86400, not "86401".'],
    ["timeoutSeconds", "0", 'must be a whole number from 1 to 31536000, not "0".'],
    ["expirySeconds", "0", 'must be a whole number from 1 to 31536000, not "0".'],
    ["stepPolls", "1001", 'must be a whole number from 1 to 1000, not "1001".'],
    ["oldAgent", "", 'must be stuck or fails, not "".'],
    ["signatureWindowSeconds", "15m", 'must be a whole number from 1 to 31536000, not "15m".'],
    ["host", "", 'must be an address or a host name, not "".'],
    ["refuseNonceReuse", "yes", 'must be true or false, not "yes".'],
    ["refuseNonceReuse", "", 'must be true or false, not "".'],
    ["refuseNonceReuse", 1, "must be true or false, not 1."],
    ["faults", "", 'must be a JSON array, not "".'],
    ["faults", "[{]", 'must be a JSON array, not "[{]".'],
    ["journalEntries", "0", 'must be a whole number from 1 to 1000000, not "0".'],
    ["journalBodyBytes", "-1", 'must be a whole number from 0 to 10485760, not "-1".'],
  ])("%s: %j", (name, value, complaint) => {
    expect(() => from({ [name]: value })).toThrow(new KitError(`<${name}> ${complaint}`));
  });

  it("and every setting is among them", () => {
    const loose = names.filter((name) => {
      try {
        return from({ [name]: { a: 1 } });
      } catch (error) {
        return !(error instanceof KitError);
      }
    });
    expect(loose).toEqual([]);
  });
});

it.each([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
  [true, true],
  [false, false],
])("a switch reads %j as %s", (value, read) => {
  expect(from({ refuseNonceReuse: value }).refuseNonceReuse).toBe(read);
});

it.each(["real", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00+05:30"])(
  "clock takes %s",
  (clock) => {
    expect(from({ clock }).clock).toBe(clock);
  },
);

describe("the environment", () => {
  const read = (variables: NodeJS.ProcessEnv): Settings => readSettings([environment(variables)]);

  it("is read by its own names only", () => {
    expect(read({ PORT: "1", port: "2", fauxdr_port: "3", FAUXDR: "4", PATH: "/bin" })).toEqual(
      defaults,
    );
  });

  it.each([
    ["FAUXDR_PROT", 'did you mean "FAUXDR_PORT"?'],
    ["FAUXDR_READYFILE", 'did you mean "FAUXDR_READY_FILE"?'],
    ["FAUXDR_", "run fauxdr help serve to list them."],
    ["FAUXDR_readyFile", "run fauxdr help serve to list them."],
    ["FAUXDR_TOSTRING", "run fauxdr help serve to list them."],
  ])("%s is not a setting, and is refused", (variable, advice) => {
    expect(() => environment({ [variable]: "x" })).toThrow(
      new KitError(`${variable} is not a setting: ${advice}`),
    );
  });

  it("is called by its variable when a value does not fit", () => {
    expect(() => read({ FAUXDR_STEP_POLLS: "many" })).toThrow(
      new KitError('FAUXDR_STEP_POLLS must be a whole number from 1 to 1000, not "many".'),
    );
  });

  it("may hold what Kubernetes and Docker put beside a service of this name", () => {
    expect(
      read({
        FAUXDR_PORT: "tcp://10.96.0.7:4620",
        FAUXDR_SERVICE_HOST: "10.96.0.7",
        FAUXDR_NAME: "/web/fauxdr",
        FAUXDR_ENV_NODE_VERSION: "24.0.0",
        FAUXDR_SERVICE_PORT: "4620",
        FAUXDR_SERVICE_PORT_HTTP: "4620",
        FAUXDR_PORT_4620_TCP: "tcp://10.96.0.7:4620",
        FAUXDR_PORT_4620_TCP_ADDR: "10.96.0.7",
        FAUXDR_PORT_4620_TCP_PORT: "4620",
        FAUXDR_PORT_4620_TCP_PROTO: "tcp",
      }),
    ).toEqual(defaults);
  });

  it("may contain the variables of a client under test", () => {
    expect(
      read({
        FAUXDR_URL: "http://127.0.0.1:4620",
        FAUXDR_CASE: "a",
        FAUXDR_VENDOR: "b",
        FAUXDR_OPERATION: "c",
        FAUXDR_INPUT: "{}",
        FAUXDR_CONFIG: "fauxdr.json",
      }),
    ).toEqual(defaults);
  });
});

describe("an object of settings", () => {
  it.each([
    ["prot", 'did you mean "port"?'],
    ["ready-file", 'did you mean "readyFile"?'],
    ["FAUXDR_PORT", "run fauxdr help serve to list them."],
    ["toString", "run fauxdr help serve to list them."],
    ["constructor", "run fauxdr help serve to list them."],
    ["", "run fauxdr help serve to list them."],
  ])("with the name %j is refused", (name, advice) => {
    expect(() => fromObject({ [name]: 1 }, "fauxdr.json")).toThrow(
      new KitError(`"${name}" in fauxdr.json is not a setting: ${advice}`),
    );
  });

  it("with the name __proto__ is refused", () => {
    expect(() => fromObject(JSON.parse('{"__proto__": {"port": 1}}'), "fauxdr.json")).toThrow(
      new KitError(
        '"__proto__" in fauxdr.json is not a setting: run fauxdr help serve to list them.',
      ),
    );
  });

  it("is called by its place when a value does not fit", () => {
    expect(() => readSettings([fromObject({ port: "x" }, "fauxdr.json")])).toThrow(
      new KitError('"port" in fauxdr.json must be a whole number from 0 to 65535, not "x".'),
    );
  });

  it("may leave a name undefined", () => {
    expect(readSettings([fromObject({ port: undefined }, "options")])).toEqual(defaults);
  });
});

it("the first source that has a value counts, even where the value is empty, zero or false", () => {
  const sources = [
    { values: { seed: "", port: 0, refuseNonceReuse: false, wire: undefined }, call: String },
    { values: { seed: "b", port: 1, refuseNonceReuse: true, wire: "recorded" }, call: String },
  ];
  expect(readSettings(sources)).toEqual({
    ...defaults,
    seed: "",
    port: 0,
    refuseNonceReuse: false,
    wire: "recorded",
  });
});
