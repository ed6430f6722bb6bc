interface Common<Value> {
  readonly default: Value;
  /** One line: what it is, and its unit. Printed by `--help` and in the docs. */
  readonly doc: string;
  /** The value is never printed, even if it is invalid. */
  readonly secret?: true;
}

/** The kind of a setting and its accepted values. `check` returns what an invalid text must be, or undefined. */
export type Setting = Common<unknown> &
  (
    | (Common<boolean> & { readonly kind: "switch" })
    | (Common<number> & { readonly kind: "integer"; readonly min: number; readonly max: number })
    | (Common<string> & {
        readonly kind: "choice";
        readonly choices: readonly string[];
        /** A switch of the wire form: what it is in each preset, where the choice `wire` follows the preset. */
        readonly wire?: { readonly document: string; readonly recorded: string };
      })
    | (Common<string> & {
        readonly kind: "text";
        readonly check?: (value: string) => string | undefined;
      })
    | (Common<readonly unknown[]> & {
        /** `list`: a flag that may be given several times, and names separated by commas in a variable. */
        readonly kind: "json" | "list";
        readonly read: (value: unknown) => readonly unknown[];
      })
  );

/** Settings by name: `stepSeconds` is the flag `--step-seconds` and the variable `FAUXDR_STEP_SECONDS`. */
export type SettingsTable = Readonly<Record<string, Setting>>;

/** The type of a setting's value. */
type Value<One> = One extends { readonly kind: "switch" }
  ? boolean
  : One extends { readonly kind: "integer" }
    ? number
    : One extends { readonly choices: readonly (infer Choice)[] }
      ? Choice
      : One extends { readonly read: (value: unknown) => infer Read }
        ? Read
        : string;

/** The values of a table of settings, by name. Distributes over a union of tables. */
export type Values<Table> = Table extends unknown
  ? { readonly [Name in keyof Table]: Value<Table[Name]> }
  : never;
