import type { AlsoDocument, AlsoOperation } from "../../core/also-document.ts";
import { KitError } from "../../core/errors.ts";
import { below } from "../../core/json/pointer.ts";
import { createRandom } from "../../core/random.ts";
import { bytes, json, nothing, type Reply, text } from "../../core/reply.ts";
import type { Call, Operation } from "../../core/vendor.ts";
import {
  isBodiless,
  isJsonType,
  mediaType,
  type Node,
  type Part,
  partAt,
  partsIn,
  responsesOf,
} from "./responses.ts";
import { sampleOf } from "./sample.ts";

/**
 * Answers a call from its document: with the status of `Prefer: code=`, by default the first success; with the example of
 * `Prefer: example=`, by default the first one, or with a value made from the schema.
 */
export function answerFrom(document: AlsoDocument, { pointer, id }: AlsoOperation): Operation {
  const root = document.definition;
  const operation = partAt(root, pointer) ?? { node: {}, pointer };
  const responses = responsesOf(root, operation);
  return (call) => {
    const status = statusFor(responses, call);
    const response = responses.get(status) as Part;
    const headers = headersOf(root, response);
    const media = mediaFor(partsIn(root, response, "content"), call);
    if (!media || isBodiless(status)) return nothing({ status, headers });
    const [key, part] = media;
    const seed = `${call.tenant.settings.seed}/${id}/${status}`;
    const type = mediaType(key);
    const value = bodyOf(document, part, call, seed);
    return replyOf(value, type, { status, headers });
  };
}

function statusFor(responses: ReadonlyMap<number, Part>, { headers }: Call): number {
  const code = /(?:^|[,;\s])code\s*=\s*"?(\d{3})(?!\d)/i.exec(headers["prefer"] ?? "")?.[1];
  if (code !== undefined && responses.has(Number(code))) return Number(code);
  const statuses = [...responses.keys()].toSorted((one, other) => one - other);
  const success = statuses.find((status) => status >= 200 && status < 300);
  return success ?? (statuses[0] as number);
}

type Media = readonly [key: string, part: Part];

/** What the client accepts, if the document has it; else JSON; else the first. */
function mediaFor(media: readonly Media[], { headers }: Call): Media | undefined {
  const accepted = (headers["accept"] ?? "").split(",").map(mediaType);
  return (
    media.find(([key]) => accepted.includes(mediaType(key))) ??
    media.find(([key]) => isJsonType(mediaType(key))) ??
    media[0]
  );
}

function bodyOf(document: AlsoDocument, part: Part, { headers }: Call, seed: string): unknown {
  const root = document.definition;
  const { node, pointer } = part;
  const examples = new Map(partsIn(root, part, "examples"));
  const name = /(?:^|[,;\s])example\s*=\s*"?([^",;\s]+)/i.exec(headers["prefer"] ?? "")?.[1];
  if (name !== undefined) {
    const named = examples.get(name);
    if (named) return named.node["value"];
    const known = [...examples.keys()].join(", ") || "none";
    throw new KitError(
      `${document.placeOf(pointer)} has no example "${name}". Prefer: example= takes one of: ${known}.`,
    );
  }
  if (node["example"] !== undefined) return node["example"];
  const [first] = examples.values();
  if (first) return first.node["value"];
  return sampleOf(root, { $ref: `#${below(pointer, "schema")}` }, createRandom(seed));
}

/** Headers with an example, a default or one allowed value. */
const headersOf = (root: Node, response: Part): Record<string, string> =>
  Object.fromEntries(
    partsIn(root, response, "headers").flatMap(([name, part]) => {
      const schema = partAt(root, below(part.pointer, "schema"))?.node ?? {};
      const [allowed] = Array.isArray(schema["enum"]) ? schema["enum"] : [];
      const value = part.node["example"] ?? schema["example"] ?? schema["default"] ?? allowed;
      const lower = name.toLowerCase();
      return value === undefined || lower === "content-type" ? [] : [[lower, String(value)]];
    }),
  );

function replyOf(
  value: unknown,
  type: string,
  options: { readonly status: number; readonly headers: Record<string, string> },
): Reply {
  if (isJsonType(type)) return { ...json(value, options), contentType: type };
  const written = typeof value === "string" ? value : JSON.stringify(value);
  if (/^(text\/|.*[/+]xml$)/.test(type)) return text(written, `${type}; charset=utf-8`, options);
  return bytes(Buffer.from(written), type, options);
}
