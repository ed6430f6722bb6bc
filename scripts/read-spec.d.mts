type Json = Readonly<Record<string, unknown>>;

export function readSpec(name: string): Json;
export function expandAliases(document: Json): Json;
