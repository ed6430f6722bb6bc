/** HTTP Archive 1.2: the members that its specification asks for, and those that it allows. */
type Shape = (value: unknown, at: string) => string[];

const is =
  (what: string, fits: (value: never) => boolean): Shape =>
  (value, at) =>
    fits(value as never) ? [] : [`${at} is no ${what}: ${JSON.stringify(value)}`];

const text = is("text", (value) => typeof value === "string");
const whole = is("whole number from -1", (value: number) => Number.isInteger(value) && value >= -1);
const duration = is("duration", (value: number) => typeof value === "number" && value >= 0);
const moment = is("ISO 8601 moment", (value: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
);
const address = is("absolute address", (value: string) => URL.canParse(value));

const listOf =
  (shape: Shape): Shape =>
  (value, at) =>
    Array.isArray(value)
      ? value.flatMap((one, index) => shape(one, `${at}/${index}`))
      : [`${at} is no list`];

const object =
  (needs: Readonly<Record<string, Shape>>, takes: Readonly<Record<string, Shape>> = {}): Shape =>
  (value, at) => {
    if (typeof value !== "object" || value === null) return [`${at} is no object`];
    const all: Readonly<Record<string, Shape>> = { ...needs, ...takes, comment: text };
    const missing = Object.keys(needs).filter((name) => !(name in value));
    return [
      ...missing.map((name) => `${at}/${name} is missing`),
      ...Object.entries(value).flatMap(
        ([name, member]) => all[name]?.(member, `${at}/${name}`) ?? [`${at}/${name} is unknown`],
      ),
    ];
  };

const pairs = listOf(object({ name: text, value: text }));
const common = {
  httpVersion: text,
  cookies: pairs,
  headers: pairs,
  headersSize: whole,
  bodySize: whole,
};

const request = object(
  { ...common, method: text, url: address, queryString: pairs },
  { postData: object({ mimeType: text, text }, { params: pairs }) },
);

const response = object({
  ...common,
  status: whole,
  statusText: text,
  redirectURL: text,
  content: object({ size: whole, mimeType: text }, { text, encoding: text }),
});

const entry = object(
  {
    startedDateTime: moment,
    time: duration,
    request,
    response,
    cache: object({}),
    timings: object({ send: duration, wait: duration, receive: duration }),
  },
  { serverIPAddress: text, connection: text },
);

const har = object({
  log: object({
    version: is("1.2", (value: string) => value === "1.2"),
    creator: object({ name: text, version: text }),
    entries: listOf(entry),
  }),
});

/** What is wrong with an archive. */
export const complaints = (archive: unknown): string[] => har(archive, "");
