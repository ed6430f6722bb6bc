interface Common<Value> {
  readonly default: Value;
  /** One line: what it is, in which unit. Printed by `--help` and in the docs. */
  readonly doc: string;
  /** Never printed, not even when it is wrong. */
  readonly secret?: true;
}

/** How a setting is written down, and which values it takes. `check` says what a text must be, where it is wrong. */
export type Setting = Common<unknown> &
  (
    | (Common<boolean> & { readonly kind: "switch" })
    | (Common<number> & { readonly kind: "integer"; readonly min: number; readonly max: number })
    | (Common<string> & { readonly kind: "choice"; readonly choices: readonly string[] })
    | (Common<string> & {
        readonly kind: "text";
        readonly check?: (value: string) => string | undefined;
      })
    | (Common<readonly unknown[]> & {
        readonly kind: "json";
        readonly read: (value: unknown) => readonly unknown[];
      })
  );

/** Settings by name: `stepSeconds` is the flag `--step-seconds` and the variable `FAUXDR_STEP_SECONDS`. */
export type SettingsTable = Readonly<Record<string, Setting>>;

/** The value that a setting has once it is read. */
type Value<One> = One extends { readonly kind: "switch" }
  ? boolean
  : One extends { readonly kind: "integer" }
    ? number
    : One extends { readonly choices: readonly (infer Choice)[] }
      ? Choice
      : One extends { readonly read: (value: unknown) => infer Read }
        ? Read
        : string;

/** The values of a table of settings, by name; of each table, where there are several. */
export type Values<Table> = Table extends unknown
  ? { readonly [Name in keyof Table]: Value<Table[Name]> }
  : never;
