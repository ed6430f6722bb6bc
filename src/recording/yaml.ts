/// <reference path="../server/also/js-yaml.d.ts" />
import { CORE_SCHEMA, dump } from "js-yaml";

/** A document as YAML that people can edit: no line is folded, and nothing is written as a reference to itself. */
export const yamlOf = (document: Readonly<Record<string, unknown>>): string =>
  dump(document, { schema: CORE_SCHEMA, lineWidth: -1, noRefs: true, quotingType: '"' });
