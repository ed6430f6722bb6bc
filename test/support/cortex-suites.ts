import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WIRE_FORMS } from "../../src/core/tenant.ts";
import { type Mock, startMock } from "../../src/mock.ts";
import { CLOCK } from "./cortex.ts";
import { cortexClient, type Sending } from "./cortex-client.ts";
import {
  ASSUMED,
  type ByWireForm,
  cutOff,
  invalid,
  keyRefusals,
  notAnObject,
  PRINTED,
  type Refused,
  refused,
  WORDS_ALONE,
  wrongBody,
} from "./cortex-refusals.ts";
import { eachOther } from "./programs.ts";

/** A call that is right. */
export interface Subject {
  readonly operation: string;
  readonly path: string;
  readonly method: "GET" | "POST";
  /** Its request_data, where it takes one. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  /** A page of the vendor describes it; where none does, every refusal is a guess. */
  readonly page: boolean;
}

const API = "/public_api/v1/";

/** A call whose path is under /public_api/v1. */
export const subject = (
  operation: string,
  path: string,
  data: Subject["data"],
  { page = true, method = "POST" }: Partial<Pick<Subject, "page" | "method">> = {},
): Subject => ({ operation, path: `${API}${path}`, data, page, method });

/** Something that must be refused, and how. */
export interface Bad {
  readonly what: string;
  readonly sending: Sending;
  /** A function where it depends on what the call needs. */
  readonly expected: ByWireForm<Refused> | ((of: Subject) => ByWireForm<Refused>);
  /** With which key, by its purpose. */
  readonly key?: string;
}

/** One tenant for each wire form gets all of them, because none may change anything. */
export function refuses(of: Subject, all: readonly Bad[]): void {
  const { operation, path } = of;
  const rows = all.map((bad, index) => ({ ...bad, index }));
  describe.each(WIRE_FORMS)(`${operation}, %s form`, (wire) => {
    let mock: Mock;
    beforeAll(async () => {
      mock = await startMock({ wire, unknownFields: "refuse", clock: CLOCK });
    });
    afterAll(() => mock.close());

    it.for(rows)("refuses $what", async ({ sending, expected, key, index }, { skip }) => {
      skip(...eachOther(index, WIRE_FORMS.indexOf(wire), "every refusal in both wire forms"));
      const { send } = cortexClient(mock, key);
      const seen = await refused(mock, operation, () => send(path, sending));
      const wanted = typeof expected === "function" ? expected(of) : expected;
      expect(seen).toEqual(wanted[wire]);
    });
  });
}

const sendingOf = ({ method, data }: Subject): Sending =>
  data ? { method, body: JSON.stringify({ request_data: data }) } : { method };

export const badKeys = (of: Subject): Bad[] =>
  keyRefusals(of.operation, of.page ? WORDS_ALONE : ASSUMED).map(([key, expected]) => ({
    what: `a key with: ${key}`,
    key,
    sending: sendingOf(of),
    expected,
  }));

/** What is wrong with a body of a call, sentence by sentence. */
const wrong =
  (body: unknown, ...sentences: readonly string[]) =>
  (of: Subject): ByWireForm<Refused> =>
    wrongBody(of, body, sentences);

/** What is wrong with any body but an object that holds a request_data of known fields. */
export const badBodies = ({ data, page }: Subject): Bad[] => {
  const basis = page ? PRINTED : ASSUMED;
  const bad = (what: string, body: unknown, expected: Bad["expected"]): Bad => ({
    what,
    sending: { body: typeof body === "string" ? body : JSON.stringify(body) },
    expected,
  });
  return [
    bad("a body that is cut off", "{", cutOff(basis)),
    bad("a list", "[]", notAnObject(basis)),
    bad("null", "null", notAnObject(basis)),
    bad("an unknown field", { request_data: data, x: 1 }, isNoField("/x")),
    bad(
      "an unknown field in request_data",
      { request_data: { ...data, x: 1 } },
      isNoField("/request_data/x"),
    ),
    ...[null, [], "text", 5, true].map((value) =>
      bad(
        `request_data that is ${JSON.stringify(value)}`,
        { request_data: value },
        wrong({ request_data: value }, "/request_data must be object."),
      ),
    ),
    {
      what: "a body that does not say it is JSON",
      sending: {
        body: JSON.stringify({ request_data: data }),
        headers: { "content-type": "text/plain" },
      },
      expected: invalid("Header/content-type must be application/json, not text/plain."),
    },
  ];
};

const isNoField = (at: string): ByWireForm<Refused> =>
  invalid(`${at} is not a field of this call.`);

/** No request_data at all. */
export const noData: readonly Bad[] = [
  {
    what: "an empty object",
    sending: { body: "{}" },
    expected: wrong({}, "/request_data is required."),
  },
];

/** Each of these request_data, and the sentences that it is refused with: one for each place that is wrong. */
export const badData = (
  rows: readonly (readonly [what: string, data: unknown, ...sentences: readonly string[]])[],
): Bad[] =>
  rows.map(([what, request_data, ...sentences]) => ({
    what,
    sending: { body: JSON.stringify({ request_data }) },
    expected: wrong({ request_data }, ...sentences),
  }));

/** What is no number of an incident. */
export const badIncidents = ({ data }: Subject): Bad[] => {
  const rows = [
    [true, "must be integer."],
    [{}, "must be integer."],
    [[1], "must be integer."],
    [null, "must be integer."],
    [1.5, "must be integer."],
    [-1, "must be >= 0."],
    ["one", 'must match pattern "^[0-9]+$".'],
    ["", 'must match pattern "^[0-9]+$".'],
  ] as const;
  return badData(
    rows.map(([incident_id, extra]) => [
      `the incident id ${JSON.stringify(incident_id)}`,
      { ...data, incident_id },
      `/request_data/incident_id ${extra}`,
    ]),
  );
};

/** An incident's number is taken, and changes nothing that can be seen. */
export function forgetsIncidents(
  { operation, path, data }: Subject,
  prepare: (mock: Mock) => Promise<unknown> = async () => {},
): void {
  it.each([0, 302, "302"])(`${operation} takes the incident id %j`, async (incident_id) => {
    const play = async (request_data: object): Promise<[Mock, number, string]> => {
      const mock = await startMock({ clock: CLOCK });
      await prepare(mock);
      const body = JSON.stringify({ request_data });
      const { status, text } = await cortexClient(mock).send(path, { body });
      return [mock, status, text];
    };
    const [mock, status, text] = await play({ ...data, incident_id });
    const [plain, ...expected] = await play({ ...data });
    await Promise.all([mock.close(), plain.close()]);
    expect(expected[0]).toBe(200);
    expect([status, text]).toEqual(expected);
    expect(mock.store.state()).toEqual(plain.store.state());
  });
}
