import { isUtf8 } from "node:buffer";
import { type Refusal, VendorError } from "../core/errors.ts";
import { parseJson } from "../core/json.ts";
import type { WireRequest } from "../core/vendor.ts";

/** The part of an OpenAPI request body object that says how to read a body. */
interface Declared {
  readonly required?: boolean;
  readonly content?: Record<string, unknown>;
}

const FORM = "application/x-www-form-urlencoded";

/** Reads the value in a body as its operation declares it, or throws the VendorError that says why there is none. */
export function bodyReader(requestBody: unknown): (request: WireRequest) => unknown {
  const declared = requestBody as Declared | undefined;
  if (!declared) return () => undefined;
  const types = Object.keys(declared.content ?? {});
  const takesForm = types.includes(FORM);
  return ({ body, headers }) => {
    if (body.length === 0) {
      if (!declared.required) return undefined;
      throw refuse(parseJson(""), "the body is empty");
    }
    const contentType = headers["content-type"];
    const type = mediaType(contentType);
    // No header at all is borne: clients leave it out, and there is nothing in the body that could be mistaken.
    if (type !== undefined && !types.includes(type) && !(type.endsWith("+json") && !takesForm)) {
      const problem = {
        where: "header/content-type",
        what: `must be ${types.join(" or ")}, not ${type}`,
      };
      throw new VendorError({ kind: "invalid", problem });
    }
    const encoding = headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") {
      const problem = { where: "header/content-encoding", what: `${encoding} is not supported` };
      throw new VendorError({ kind: "invalid", problem });
    }
    const charset = charsetOf(contentType);
    if (!/^(utf-?8|us-ascii)$/i.test(charset))
      throw malformed(`the charset must be UTF-8, not ${charset}`);
    if (!isUtf8(body)) throw malformed("the body is not UTF-8");
    const text = body.toString("utf8");
    if (takesForm) return Object.fromEntries(new URLSearchParams(text));
    const parsed = parseJson(text);
    if ("fault" in parsed) throw refuse(parsed, "the body is not valid JSON");
    return parsed.value;
  };
}

/** Why a body that did not arrive whole cannot be looked into. */
export function incompleteBody(request: WireRequest, limitBytes: number): Refusal {
  if (request.incomplete === "too-large") return { kind: "too-large", limitBytes };
  const { headers, body, received = body.length } = request;
  const announced = headers["content-length"];
  const reason = announced
    ? `the body ends after ${received} bytes of ${announced}`
    : `the chunked body breaks off after ${received} bytes`;
  return { kind: "malformed", reason };
}

const malformed = (reason: string): VendorError => new VendorError({ kind: "malformed", reason });

function refuse(parsed: ReturnType<typeof parseJson>, reason: string): VendorError {
  return new VendorError({ kind: "malformed", reason, ...("fault" in parsed && parsed) });
}

const charsetOf = (header = ""): string => /charset="?([^\s";]+)/i.exec(header)?.[1] ?? "utf-8";

function mediaType(header: string | undefined): string | undefined {
  const type = header?.split(";")[0]?.trim().toLowerCase();
  return type === "" ? undefined : type;
}
