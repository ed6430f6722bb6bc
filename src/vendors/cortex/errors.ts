import type { Problem, Refusal } from "../../core/errors.ts";
import type { JsonFault } from "../../core/json/json-fault.ts";
import { json, type Reply, text } from "../../core/reply.ts";
import type { Tenant } from "../../core/tenant.ts";
import { speaks } from "./settings.ts";

/** An error response: `document` is the page's flat body, `recorded` the wrapped one of the recordings. */
interface Wire {
  readonly status: number;
  readonly document: { readonly msg: string; readonly extra: string };
  /** Undefined where recordings show the web server's plain text. */
  readonly recorded?: {
    readonly msg: string;
    readonly extra: string | null;
    /** The status, if it differs from the documented one. */
    readonly status?: number;
    /** The cause, if the spec has a separate one for it. */
    readonly cause?: string;
  };
}

// The page's sentence for each status.
const BAD_REQUEST = "Bad Request. Got an invalid JSON.";
const UNAUTHORIZED =
  "Unauthorized access. An issue occurred during authentication. This can indicate an incorrect key, id, or other invalid authentication parameters.";
const UNLICENSED =
  "Unauthorized access. User does not have the required license type to run this API.";
const FORBIDDEN =
  "Forbidden access. The provided API Key does not have the required RBAC permissions to run this API.";
const FAILURE = "Internal server error. A unified status for API communication type errors.";

// From recordings.
const PROCESSING = "An error occurred while processing XDR public API";

const WIRE: {
  readonly [Kind in Refusal["kind"]]: (refusal: Extract<Refusal, { kind: Kind }>) => Wire;
} = {
  malformed: ({ reason, fault }) => ({
    status: 400,
    document: fault
      ? { msg: position(fault), extra: sentence(reason) }
      : { msg: position(NOWHERE(reason)), extra: sentence(reason) },
    recorded: { msg: BAD_REQUEST, extra: fault ? pythonError(fault) : sentence(reason) },
  }),
  // The document form has one error response for every bad body.
  "not-an-object": ({ problem }) => ({
    status: 400,
    document: { msg: BAD_REQUEST, extra: named(problem) },
  }),
  invalid: ({ problem, others = [] }) => ({
    status: 400,
    document: { msg: BAD_REQUEST, extra: [problem, ...others].map(named).join(" ") },
    // Recorded: 400 for a body that is not JSON, 500 for one that is.
    recorded: { status: 500, msg: PROCESSING, ...observedProblems(problem, others) },
  }),
  unauthenticated: ({ reason }) => ({
    status: 401,
    document: { msg: UNAUTHORIZED, extra: reason },
    recorded: { msg: "Public API request unauthorized", extra: null },
  }),
  unlicensed: ({ principal }) => ({
    status: 402,
    document: { msg: UNLICENSED, extra: `No licence covers this call for ${principal}.` },
    recorded: { msg: "feature not supported", extra: null },
  }),
  forbidden: ({ principal, permission }) => ({
    status: 403,
    document: {
      msg: FORBIDDEN,
      extra: `The role of ${principal} does not include ${permission}.`,
    },
    recorded: { msg: "Insufficient permissions", extra: null },
  }),
  "no-target": ({ action }) => ({
    status: 500,
    document: {
      msg: FAILURE,
      extra: `No endpoint was found for creating the requested action ${action}.`,
    },
    recorded: noAction(action),
  }),
  "not-found": ({ what, id, call = what, actual }) => ({
    // Recorded for incidents. The pages of all other calls have no 404.
    status: what === "incident" ? 404 : 500,
    document: {
      msg: what === "incident" ? `${PROCESSING} - ${call}` : FAILURE,
      extra: actual
        ? `The ${what} ${shortened(id)} is of the kind ${actual}, which this call does not take.`
        : `There is no ${what} ${shortened(id)}.`,
    },
    recorded: {
      msg: `${PROCESSING} - ${call}`,
      // There is no recording for an action of another kind, and "not found" would be wrong.
      extra: actual ? `${upper(what)} is of the kind ${actual}` : `${upper(what)} not found`,
    },
  }),
  conflict: ({ action, reason }) => ({
    status: 500,
    document: { msg: FAILURE, extra: sentence(reason) },
    recorded: action ? noAction(action) : { msg: PROCESSING, extra: reason },
  }),
  "rate-limited": ({ limit, windowSeconds }) => ({
    status: 429,
    document: {
      msg: "Too many requests.",
      extra: `The limit is ${limit} requests ${windowSeconds === 1 ? "a second" : `in ${windowSeconds} seconds`}.`,
    },
    recorded: { msg: "Too many requests.", extra: null },
  }),
  "too-large": ({ limitBytes }) => ({
    status: 413,
    document: {
      msg: "Request entity too large.",
      extra: `The body is larger than ${limitBytes} bytes.`,
    },
    recorded: { msg: "Request entity too large.", extra: null },
  }),
  failure: ({ reason }) => failure(sentence(reason)),
  "no-operation": ({ method, path, nearest }) => ({
    status: 500,
    document: {
      msg: FAILURE,
      extra: `${method} ${shortened(path)} is not a call of this API; the nearest is ${nearest}.`,
    },
  }),
  "not-served": ({ method, path, what }) => ({
    status: 500,
    document: { msg: FAILURE, extra: unserved(method, path, what) },
    recorded: { msg: PROCESSING, extra: unserved(method, path, what) },
  }),
  "wrong-method": ({ method, path, allowed }) => ({
    status: 500,
    document: {
      msg: FAILURE,
      extra: `${method} is not allowed on ${path}; use ${allowed.join(" or ")}.`,
    },
  }),
};

/** Recorded: the web server's reply to a request that it cannot route or unpack. */
const WAITRESS =
  "Internal Server Error\r\n\r\nThe server encountered an unexpected internal server error\r\n\r\n(generated by waitress)";

/** The calls that look up an incident, with their names in the vendor's texts. */
const INCIDENT_CALLS: Readonly<Record<string, string>> = {
  getIncidentExtraData: "get_incident_extra_data",
  updateIncident: "update_incident",
};

/** That a tenant has no such incident. `call`: the name of the call in the vendor's texts. */
export const noIncident = (id: string, call: string): Extract<Refusal, { kind: "not-found" }> => ({
  kind: "not-found",
  what: "incident",
  id,
  call: `incident management - ${call}`,
});

/** Renders a refusal as the vendor's error response. */
export function refuse(refusal: Refusal, tenant: Tenant, operation: string | undefined): Reply {
  const call = INCIDENT_CALLS[operation ?? ""];
  // A fault rule does not know what the call looks up.
  const shown = refusal.kind === "not-found" && call ? noIncident(refusal.id, call) : refusal;
  const render = WIRE[shown.kind] as (refusal: Refusal) => Wire;
  const { status, document, recorded } = render(shown);
  const cause = refusal.kind;
  if (speaks("flat", tenant)) {
    const { msg, extra } = document;
    return json({ err_code: String(status), err_msg: msg, err_extra: extra }, { status, cause });
  }
  if (!recorded) return text(WAITRESS, "text/plain", { status: 500, cause });
  const { msg, extra, ...own } = recorded;
  const options = { status, cause, ...own };
  return json({ reply: { err_code: options.status, err_msg: msg, err_extra: extra } }, options);
}

/** The recorded answer to an action without targets. A restore has its own text. */
const noAction = (action: string): NonNullable<Wire["recorded"]> =>
  action === "RESTORE"
    ? { msg: PROCESSING, extra: "No suitable agents found" }
    : {
        msg: `${PROCESSING} - No endpoint was found for creating the requested action`,
        extra: `can't create group action id for ${action}`,
      };

/** The vendor's text for a problem. */
const RECORDED: { readonly [Kind in NonNullable<Problem["kind"]>]: (name: string) => string } = {
  missing: (name) => `${name} param is missing`,
  "page-size": () => "Search size must fulfill the requirement: 0 < search_size <= 100",
};

/** The fields that a recording says are missing. For others the text is assumed to be the same. */
const RECORDED_MISSING: readonly string[] = ["group_action_id", "file_hash", "value"];

/** Only recorded for one problem. The reply for several, and most texts, are assumed. */
function observedProblems(
  problem: Problem,
  others: readonly Problem[],
): { readonly extra: string; readonly cause?: string } {
  const { kind } = problem;
  if (others.length > 0) {
    const all = [problem, ...others];
    return { extra: all.map((one) => vendorsWords(one) ?? place(one)).join("; ") };
  }
  if (kind === undefined) return { extra: named(problem) };
  const isRecorded = kind !== "missing" || RECORDED_MISSING.includes(fieldName(problem));
  return { extra: RECORDED[kind](fieldName(problem)), ...(isRecorded && { cause: kind }) };
}

const vendorsWords = (problem: Problem): string | undefined =>
  problem.kind && RECORDED[problem.kind](fieldName(problem));

const fieldName = ({ where }: Problem): string => where.slice(where.lastIndexOf("/") + 1);

const failure = (reason: string): Wire => ({
  status: 500,
  document: { msg: FAILURE, extra: reason },
  recorded: { msg: PROCESSING, extra: reason },
});

/** `err_msg` of the page's sample: a JSON text, with a space after colon and comma. */
const position = ({
  line,
  column,
  message,
}: Pick<JsonFault, "line" | "column" | "message">): string =>
  `{"line": ${line}, "column": ${column}, "message": ${JSON.stringify(message)}}`;

const NOWHERE = (message: string): Pick<JsonFault, "line" | "column" | "message"> => ({
  line: 1,
  column: 1,
  message,
});

const pythonError = ({ message, line, column, offset }: JsonFault): string =>
  `${message}: line ${line} column ${column} (char ${offset})`;

const place = ({ where, what }: Problem): string => `${where || "the body"} ${what}`;

const named = (problem: Problem): string => sentence(place(problem));

const unserved = (method: string, path: string, what: string): string =>
  `fauxdr does not serve ${method} ${shortened(path)} (${what}); the vendor does.`;

/** A mail address stays as it is. */
const upper = (words: string): string =>
  /^\S*@/.test(words) ? words : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

const sentence = (words: string): string => `${upper(words)}${words.endsWith(".") ? "" : "."}`;

const shortened = (path: string): string => (path.length > 200 ? `${path.slice(0, 200)}…` : path);
