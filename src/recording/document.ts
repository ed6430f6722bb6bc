import type { CleanCall } from "./clean.ts";
import { operationIdFor, templateOf } from "./templates.ts";

/** More replies to the same call and with the same status say nothing new. */
const MOST_EXAMPLES = 10;

interface Found {
  readonly method: string;
  readonly template: string;
  readonly names: readonly string[];
  readonly calls: CleanCall[];
}

/** An OpenAPI document with one operation for each path and method of the calls, and their replies as examples. */
export function documentOf(
  calls: readonly CleanCall[],
  vendor: string,
  taken: ReadonlySet<string>,
): Record<string, unknown> {
  const found = new Map<string, Found>();
  for (const call of calls) {
    const { template, names } = templateOf(call.path);
    const key = `${call.method} ${template}`;
    const same = found.get(key) ?? { method: call.method, template, names, calls: [] };
    same.calls.push(call);
    found.set(key, same);
  }
  const ids = new Set(taken);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of found.values()) {
    const id = operationIdFor(one.method, one.template, ids);
    ids.add(id);
    paths[one.template] = {
      ...paths[one.template],
      [one.method.toLowerCase()]: operationOf(one, id),
    };
  }
  return {
    openapi: "3.0.3",
    info: { title: "Recorded calls", version: "1" },
    "x-fauxdr-vendor": vendor,
    paths,
  };
}

function operationOf({ names, calls }: Found, operationId: string): Record<string, unknown> {
  const queried = [...new Set(calls.flatMap(({ query }) => query))];
  const parameters = [
    ...names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    ...queried.map((name) => ({ name, in: "query", schema: { type: "string" } })),
  ];
  const statuses = [...new Set(calls.map(({ status }) => status))].toSorted((a, b) => a - b);
  const body = calls.find((call) => call.request !== undefined)?.request;
  return {
    operationId,
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: { content: { "application/json": { example: body } } },
    }),
    responses: Object.fromEntries(
      statuses.map((status) => [
        String(status),
        responseOf(calls.filter((call) => call.status === status)),
      ]),
    ),
  };
}

function responseOf(calls: readonly CleanCall[]): Record<string, unknown> {
  const description = "Recorded";
  const content: Record<string, unknown> = {};
  for (const type of new Set(
    calls.flatMap(({ mimeType, reply }) => (reply === undefined ? [] : mimeType)),
  )) {
    const values = new Map(
      calls
        .filter(({ mimeType, reply }) => mimeType === type && reply !== undefined)
        .map(({ reply }) => [JSON.stringify(reply), reply]),
    );
    const examples = [...values.values()].slice(0, MOST_EXAMPLES);
    content[type] = {
      examples: Object.fromEntries(
        examples.map((value, index) => [`recorded${index + 1}`, { value }]),
      ),
    };
  }
  return Object.keys(content).length > 0 ? { description, content } : { description };
}
