import type { SchemaError } from "./schema-error.ts";

/**
 * The errors that say how a value differs from its schema. Each alternative of an `anyOf` or `oneOf` reports its own
 * errors: only those of the alternative that fits best are kept.
 */
export function nearestErrors(errors: readonly SchemaError[]): readonly SchemaError[] {
  const choices = errors.filter(isChoice);
  const outer = choices.filter(
    (choice) => !choices.some((other) => other !== choice && isWithin(choice, other)),
  );
  const free = errors.filter(
    (error) => !outer.includes(error) && !outer.some((choice) => isWithin(error, choice)),
  );
  return [...free, ...outer.flatMap((choice) => bestOf(choice, errors))];
}

/** A member that the schema does not have. */
export const isAddition = ({ keyword }: SchemaError): boolean => keyword === "additionalProperties";

const isChoice = ({ keyword }: SchemaError): boolean => keyword === "anyOf" || keyword === "oneOf";

const isWithin = (error: SchemaError, choice: SchemaError): boolean =>
  `${error.schemaPath}`.startsWith(`${choice.schemaPath}/`) &&
  `${error.instancePath}/`.startsWith(`${choice.instancePath}/`);

/** The errors of the best matching alternative. Additional members count least. Without any, the error of the choice. */
function bestOf(choice: SchemaError, errors: readonly SchemaError[]): readonly SchemaError[] {
  const start = `${choice.schemaPath}/`.length;
  const alternatives = new Map<string, SchemaError[]>();
  for (const error of errors) {
    if (error === choice || !isWithin(error, choice)) continue;
    const [index = ""] = `${error.schemaPath}`.slice(start).split("/");
    alternatives.set(index, [...(alternatives.get(index) ?? []), error]);
  }
  const [best = [choice]] = [...alternatives.values()]
    .map(nearestErrors)
    .toSorted((a, b) => weight(a) - weight(b));
  return best;
}

const weight = (errors: readonly SchemaError[]): number =>
  errors.reduce((sum, error) => sum + (isAddition(error) ? 1 : 1000), 0);
