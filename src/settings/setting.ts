interface Common<Value> {
  readonly default: Value;
  /** One line: what it is, in which unit. Printed by `--help` and in the README. */
  readonly doc: string;
  /** May differ from tenant to tenant. */
  readonly tenant?: true;
  /** Never printed, not even where it is wrong. */
  readonly secret?: true;
}

/** How a setting is written down and which values it takes. */
export type Setting<Value> = Common<Value> &
  ([Value] extends [readonly unknown[]]
    ? { readonly kind: "json"; readonly read: (value: unknown) => Value }
    : [Value] extends [boolean]
      ? { readonly kind: "switch" }
      : [Value] extends [number]
        ? { readonly kind: "integer"; readonly min: number; readonly max: number }
        :
            | { readonly kind: "text"; readonly check?: (value: string) => string | undefined }
            | { readonly kind: "choice"; readonly choices: readonly Value[] });

/** The flag of a setting, `ready-file`. */
export const flagOf = (name: string): string =>
  name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

/** Its variable, `FAUXDR_READY_FILE`. */
export const envOf = (name: string): string =>
  `FAUXDR_${flagOf(name).replaceAll("-", "_").toUpperCase()}`;
