import { describe, expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import type { SettingsTable } from "../../src/core/setting.ts";
import { joinSettings } from "../../src/settings/join.ts";

const GENERAL = { port: { kind: "integer", min: 0, max: 9, default: 1, doc: "a port" } } as const;
const rate = (choices: readonly string[], doc = "its rate"): SettingsTable => ({
  rate: { kind: "choice", choices, default: "off", doc },
});
const vendor = (name: string, settings: SettingsTable) => ({ name, settings });
const join = (...vendors: ReturnType<typeof vendor>[]) => joinSettings(GENERAL, vendors);

describe("the settings of vendors", () => {
  it("are all there, each vendor's own", () => {
    const slots = { slots: { ...GENERAL.port, doc: "its slots" } } as const;
    expect(join(vendor("a", rate(["off"])), vendor("b", slots), vendor("c", {}))).toEqual({
      ...rate(["off"]),
      ...slots,
    });
  });

  it("may share a name that takes the same values, in the vendors' own words", () => {
    const joined = join(
      vendor("a", rate(["off", "429"])),
      vendor("b", rate(["off", "429"], "b's")),
    );
    expect(joined).toEqual(rate(["off", "429"]));
  });

  it.each<[string, SettingsTable, SettingsTable]>([
    ["other choices", rate(["off", "429"]), rate(["off", "409"])],
    ["another kind", rate(["off"]), { rate: { kind: "text", default: "off", doc: "its rate" } }],
    [
      "another default",
      { rate: { kind: "switch", default: true, doc: "on" } },
      { rate: { kind: "switch", default: false, doc: "on" } },
    ],
  ])("may not share a name that takes %s", (_, one, other) => {
    expect(() => join(vendor("a", one), vendor("b", other))).toThrow(
      new KitError(
        'The setting "rate" of b has the name of another setting that takes other values: rename it, for example to "bRate".',
      ),
    );
  });

  it("may not take the name of a general setting, even with the same values", () => {
    expect(() => join(vendor("a", GENERAL))).toThrow(
      new KitError(
        'The setting "port" of a has the name of a general setting: rename it, for example to "aPort".',
      ),
    );
  });
});
