/** The flag of a setting, `ready-file`. */
export const flagOf = (name: string): string =>
  name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

/** Its variable, `FAUXDR_READY_FILE`. */
export const envOf = (name: string): string =>
  `FAUXDR_${flagOf(name).replaceAll("-", "_").toUpperCase()}`;
