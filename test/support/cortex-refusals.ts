import { expect } from "vitest";
import type { TenantHandle, WireForm } from "../../src/index.ts";
import { errorBody, PLAIN_ERROR } from "./cortex.ts";
import type { Answer } from "./cortex-client.ts";
import { missingName } from "./cortex-missing.ts";
import { unchanged } from "./unchanged.ts";

/** What is seen of a refusal, on the wire and in the journal. */
export interface Refused {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly cause: string | undefined;
  readonly basis: string | undefined;
}

export type ByWireForm<Value> = Readonly<Record<WireForm, Value>>;

// How sure it is that the vendor answers so, by wire form.
export const ASSUMED: ByWireForm<string> = { document: "assumed", recorded: "assumed" };
export const OBSERVED: ByWireForm<string> = { document: "assumed", recorded: "observed" };
export const RECORDED: ByWireForm<string> = { document: "assumed", recorded: "recorded" };
export const PRINTED: ByWireForm<string> = { document: "documented", recorded: "recorded" };
/** The page prints it, and of the recorded body only the words are public. */
export const WORDS_ALONE: ByWireForm<string> = { document: "documented", recorded: "assumed" };

/**
 * Makes a call that must be refused. One exchange is all it may leave behind; rates and reserved endpoints alone count
 * refused calls too.
 */
export async function refused(
  tenant: TenantHandle,
  operation: string,
  call: () => Promise<Answer>,
): Promise<Refused> {
  const expectUnchanged = unchanged(tenant.store, isLasting);
  const exchanges = tenant.journal.entries().length;
  const { status, headers, text } = await call();
  expectUnchanged();
  const entries = tenant.journal.entries();
  expect(entries).toHaveLength(exchanges + 1);
  const exchange = entries.at(-1);
  expect(exchange?.error).toBeUndefined();
  expect(exchange?.operation).toBe(operation);
  expect([exchange?.reply?.status, exchange?.reply?.body.text]).toEqual([status, text]);
  // A mistake in a body may have a cause of its own in the spec.
  if (exchange?.refusal?.kind !== "invalid") {
    expect(exchange?.reply?.cause).toBe(exchange?.refusal?.kind);
  }
  const { cause, basis } = exchange?.reply ?? {};
  return { status, type: headers.get("content-type") ?? "", text, cause, basis };
}

/** A table without rows is created when it is read. */
const isLasting = (kind: string, name: string, size: number): boolean =>
  size > 0 && name !== "core.rates" && !(kind === "sequences" && name.startsWith("trigger "));

type Words<Extra> = readonly [message: string, extra: Extra];

function refusal(
  cause: string,
  status: number,
  document: Words<string>,
  recorded: Words<string | null>,
  basis: ByWireForm<string>,
): ByWireForm<Refused> {
  const seen = { status, type: "application/json", cause };
  return {
    document: {
      ...seen,
      text: errorBody.document(status, ...document),
      basis: basis.document,
    },
    recorded: { ...seen, text: errorBody.recorded(status, ...recorded), basis: basis.recorded },
  };
}

const BAD_REQUEST = "Bad Request. Got an invalid JSON.";
const FAILURE = "Internal server error. A unified status for API communication type errors.";
const PROCESSING = "An error occurred while processing XDR public API";
const NOBODY = "No endpoint was found for creating the requested action";

/** What is wrong with a body that is JSON: a bad request as the page has it, a failure as recordings have it. */
export function invalid(
  extra: string,
  recorded: { extra?: string; cause?: string; basis?: string } = {},
): ByWireForm<Refused> {
  const words = recorded.extra ?? extra;
  const seen = refusal("invalid", 400, [BAD_REQUEST, extra], [PROCESSING, words], ASSUMED);
  return {
    document: seen.document,
    recorded: {
      ...seen.recorded,
      status: 500,
      text: errorBody.recorded(500, PROCESSING, words),
      cause: recorded.cause ?? "invalid",
      basis: recorded.basis ?? "assumed",
    },
  };
}

/** The fields that a recording says are missing. */
const RECORDED_MISSING: readonly string[] = ["group_action_id", "file_hash", "value"];

/** All that is wrong with the body of a call, place by place, in the words of the document form. */
export function wrongBody(
  { operation, page }: { readonly operation: string; readonly page: boolean },
  body: unknown,
  sentences: readonly string[],
): ByWireForm<Refused> {
  const words = sentences.map((sentence) => {
    const name = missingName(operation, body, sentence.split(" ")[0] ?? "");
    return { name, text: name ? `${name} param is missing` : sentence };
  });
  const document = sentences.join(" ");
  const [only] = words;
  if (!only || words.length > 1) {
    return invalid(document, {
      extra: words.map(({ text }) => text.replace(/\.$/, "")).join("; "),
    });
  }
  const isRecorded = RECORDED_MISSING.includes(only.name ?? "");
  return invalid(document, {
    extra: only.text,
    ...(isRecorded && { cause: "missing", basis: page ? "recorded" : "assumed" }),
  });
}

/** A page of a size that the vendor does not give. */
export const wrongPage = (extra: string): ByWireForm<Refused> =>
  invalid(extra, {
    extra: "Search size must fulfill the requirement: 0 < search_size <= 100",
    cause: "page-size",
    basis: "recorded",
  });

/** How sure the recorded words are for an action that has nothing to act on. */
const NO_TARGET: Readonly<Record<string, string>> = {
  ISOLATE: "recorded",
  SCAN: "recorded",
  FILES_RETRIEVAL: "recorded",
  UNISOLATE: "observed",
  ABORT_SCAN: "observed",
};

const noAction = (action: string): Words<string> =>
  action === "RESTORE"
    ? [PROCESSING, "No suitable agents found"]
    : [`${PROCESSING} - ${NOBODY}`, `can't create group action id for ${action}`];

export const noTarget = (action: string): ByWireForm<Refused> =>
  refusal("no-target", 500, [FAILURE, `${NOBODY} ${action}.`], noAction(action), {
    document: "assumed",
    recorded: NO_TARGET[action] ?? "assumed",
  });

/** No action can be made because of the state that the endpoints are in. */
export const wrongState = (action: string, extra: string, basis = ASSUMED): ByWireForm<Refused> =>
  refusal("conflict", 500, [FAILURE, extra], noAction(action), basis);

/** The state does not allow what is no action. */
export const conflict = (reason: string, basis: ByWireForm<string>): ByWireForm<Refused> =>
  refusal(
    "conflict",
    500,
    [FAILURE, reason.endsWith(".") ? reason : `${reason}.`],
    [PROCESSING, reason],
    basis,
  );

export const notFound = (what: string, id: string, call: string): ByWireForm<Refused> =>
  refusal(
    "not-found",
    500,
    [FAILURE, `There is no ${what} ${id}.`],
    [`${PROCESSING} - ${call}`, `${what === "file" ? "File" : "Action"} not found`],
    ASSUMED,
  );

/** An incident that the tenant does not have: a 404, unlike everything else. */
export const noIncident = (id: string, call: string): ByWireForm<Refused> => {
  const message = `${PROCESSING} - incident management - ${call}`;
  return refusal(
    "not-found",
    404,
    [message, `There is no incident ${id}.`],
    [message, "Incident not found"],
    call === "update_incident" ? ASSUMED : PRINTED,
  );
};

export const failure: ByWireForm<Refused> = refusal(
  "failure",
  500,
  [FAILURE, "The request names the reserved target 500, which forces a 500."],
  [PROCESSING, "The request names the reserved target 500, which forces a 500."],
  PRINTED,
);

export const rateLimited: ByWireForm<Refused> = refusal(
  "rate-limited",
  429,
  ["Too many requests.", "The limit is 10 requests a second."],
  ["Too many requests.", null],
  ASSUMED,
);

export const tooLarge = (bytes: number): ByWireForm<Refused> =>
  refusal(
    "too-large",
    413,
    ["Request entity too large.", `The body is larger than ${bytes} bytes.`],
    ["Request entity too large.", null],
    ASSUMED,
  );

/** The body `{`. */
export const cutOff = (basis: ByWireForm<string>): ByWireForm<Refused> =>
  refusal(
    "malformed",
    400,
    [
      '{"line": 1, "column": 2, "message": "Expecting property name enclosed in double quotes"}',
      "The body is not valid JSON.",
    ],
    [BAD_REQUEST, "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"],
    basis,
  );

/** JSON, but no object. */
export const notAnObject = (basis: ByWireForm<string>): ByWireForm<Refused> => ({
  document: {
    ...invalid("The body must be object.").document,
    cause: "not-an-object",
    basis: "assumed",
  },
  recorded: {
    status: 500,
    type: "text/plain",
    text: PLAIN_ERROR,
    cause: "not-an-object",
    basis: basis.recorded,
  },
});

/** What the keys that may not come in are refused with, by their purpose. */
export const keyRefusals = (
  operation: string,
  basis: ByWireForm<string>,
): readonly (readonly [purpose: string, ByWireForm<Refused>])[] => [
  [
    "revoked (401)",
    refusal(
      "unauthenticated",
      401,
      [
        "Unauthorized access. An issue occurred during authentication. This can indicate an incorrect key, id, or other invalid authentication parameters.",
        "The API key 5 was revoked.",
      ],
      ["Public API request unauthorized", null],
      PRINTED,
    ),
  ],
  [
    "no licence (402)",
    refusal(
      "unlicensed",
      402,
      [
        "Unauthorized access. User does not have the required license type to run this API.",
        "No licence covers this call for 3.",
      ],
      ["feature not supported", null],
      basis,
    ),
  ],
  [
    "no permission (403)",
    refusal(
      "forbidden",
      403,
      [
        "Forbidden access. The provided API Key does not have the required RBAC permissions to run this API.",
        `The role of 4 does not include ${operation}.`,
      ],
      ["Insufficient permissions", null],
      basis,
    ),
  ],
];
