import { isUtf8 } from "node:buffer";
import type { Basis } from "../../core/basis.ts";
import { type Refusal, VendorError } from "../../core/errors.ts";
import { MOST_FIELDS, readFormObject } from "../../core/form.ts";
import { type Parsed, parseJson } from "../../core/json/json.ts";
import { exactOf, lastParseOf } from "../../core/json/parse-once.ts";
import type { WireRequest } from "../../core/vendor.ts";

/** The part of an OpenAPI request body object that this file uses. */
interface Declared {
  readonly required?: boolean;
  readonly content?: Record<string, unknown>;
}

export interface ReadBody {
  /** For validation: with JavaScript numbers, rounded if necessary. */
  readonly value: unknown;
  /** For the operation: with every digit of its integers. See `parseExactly`. */
  readonly exact: unknown;
}

const NO_BODY: ReadBody = { value: undefined, exact: undefined };

const FORM = "application/x-www-form-urlencoded";

/** Returns a function that parses a body as its operation declares it, or throws a VendorError. */
export function bodyReader(requestBody: unknown): (request: WireRequest) => ReadBody {
  const declared = requestBody as Declared | undefined;
  if (!declared) return () => NO_BODY;
  const types = Object.keys(declared.content ?? {});
  const takesForm = types.includes(FORM);
  /** Types that nothing here can read. Their bodies are accepted as they are. */
  const opaque = types.filter((type) => type !== FORM && !/[/+]json$/.test(type));
  /** The last accepted content type. Most requests have the same one, and skip the checks. */
  let good: string | undefined;
  return ({ body, headers }) => {
    if (body.length === 0) {
      if (!declared.required) return NO_BODY;
      throw malformedJson(parseJson(""), "the body is empty");
    }
    // A missing Content-Type is accepted: some clients leave it out, and the body can only be of one type.
    const contentType = headers["content-type"] ?? "";
    if (contentType !== good) checkType(contentType, types, takesForm);
    if (opaque.length > 0 && opaque.includes(typeOf(contentType))) return NO_BODY;
    const encoding = headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") {
      const problem = { where: "header/content-encoding", what: `${encoding} is not supported` };
      throw new VendorError({ kind: "invalid", problem });
    }
    if (contentType !== good) checkCharset(contentType);
    good = contentType;
    if (!isUtf8(body)) throw malformed("the body is not UTF-8");
    if (takesForm) {
      const value = readFormObject(body.toString("utf8"));
      // A choice of fauxdr: no source names a limit.
      if (!value) throw malformed(`the form has more than ${MOST_FIELDS} fields`, "assumed");
      return { value, exact: value };
    }
    const parsed = lastParseOf(body);
    if ("fault" in parsed) throw malformedJson(parsed, "the body is not valid JSON");
    return { value: parsed.value, exact: exactOf(body, parsed.value) };
  };
}

const typeOf = (contentType: string): string =>
  contentType.split(";")[0]?.trim().toLowerCase() ?? "";

function checkType(contentType: string, types: readonly string[], takesForm: boolean): void {
  const type = typeOf(contentType);
  if (type === "" || types.includes(type) || (type.endsWith("+json") && !takesForm)) return;
  const problem = {
    where: "header/content-type",
    what: `must be ${types.join(" or ")}, not ${type}`,
  };
  throw new VendorError({ kind: "invalid", problem });
}

function checkCharset(contentType: string): void {
  const charset = /charset="?([^\s";]+)/i.exec(contentType)?.[1] ?? "utf-8";
  if (/^(utf-?8|us-ascii)$/i.test(charset)) return;
  throw malformed(`the charset must be UTF-8, not ${charset}`);
}

/** The refusal of a request whose body is incomplete. */
export function incompleteBody(request: WireRequest, limitBytes: number): Refusal {
  if (request.incomplete === "too-large") return { kind: "too-large", limitBytes };
  const { headers, body, received = body.length } = request;
  const announced = headers["content-length"];
  const reason = announced
    ? `the body ends after ${received} bytes of ${announced}`
    : `the chunked body breaks off after ${received} bytes`;
  return { kind: "malformed", reason, basis: "documented" };
}

const malformed = (reason: string, basis: Basis = "documented"): VendorError =>
  new VendorError({ kind: "malformed", reason, basis });

function malformedJson(parsed: Parsed, reason: string): VendorError {
  const fault = "fault" in parsed ? parsed.fault : undefined;
  // RFC 8259 defines JSON. Refusing repeated keys and deep nesting is a choice of fauxdr. Text that nests too deep is not
  // read to its end: what comes later may be anything.
  const isOurs = "loose" in parsed || fault?.message.startsWith("Nested deeper");
  const basis = isOurs ? "assumed" : "documented";
  return new VendorError({ kind: "malformed", reason, basis, ...(fault && { fault }) });
}
