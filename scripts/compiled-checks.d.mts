export function compiledTable(): Promise<string>;
