/** The part of a schema that says which members an object has. */
export interface Members {
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Members>>;
  readonly items?: Members;
}

/** Limit on the members that are named. */
const MOST = 20;

/** The members of a body that its schema allows without knowing them, as JSON pointers: the vendor ignores them. */
export function ignoredMembers(body: unknown, schema: Members): readonly string[] {
  const found: string[] = [];
  const walk = (value: unknown, schema: Members, where: string): void => {
    if (typeof value !== "object" || value === null || found.length === MOST) return;
    const { properties, items } = schema;
    if (Array.isArray(value)) {
      if (!items?.properties) return;
      for (let at = 0; at < value.length; at++) walk(value[at], items, `${where}/${at}`);
      return;
    }
    for (const name in value) {
      const member = (value as Readonly<Record<string, unknown>>)[name];
      const known = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (known) {
        // Most members are scalars. They need no pointer.
        if (typeof member === "object") walk(member, known, `${where}/${name}`);
      } else if (schema.additionalProperties === true && found.length < MOST)
        found.push(`${where}/${name}`);
    }
  };
  walk(body, schema, "");
  return found;
}
