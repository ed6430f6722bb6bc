/** A place of a request body, and what is there in the request and in the document's sample. */
export interface Difference {
  /** A JSON pointer. */
  readonly where: string;
  readonly sent?: string;
  readonly sample?: string;
  readonly mark: "same" | "other value" | "other type" | "not sent" | "not in the sample";
}

/** A longer comparison helps nobody. */
const MOST = 200;

/** Compares a body with a sample, place by place. The last entry of a sample's list stands for all that follow. */
export function compare(sent: unknown, sample: unknown): readonly Difference[] {
  return [...walk("", sent, sample)].slice(0, MOST);
}

/** Of some samples, the one that is most like the body. */
export const nearestOf = (sent: unknown, samples: readonly unknown[]): unknown =>
  samples.toSorted((a, b) => distance(sent, a) - distance(sent, b))[0];

const distance = (sent: unknown, sample: unknown): number =>
  compare(sent, sample).filter(({ mark }) => mark !== "same" && mark !== "other value").length;

function* walk(where: string, sent: unknown, sample: unknown): Generator<Difference> {
  if (isTree(sent) && isTree(sample) && Array.isArray(sent) === Array.isArray(sample)) {
    const of = (tree: Tree, name: string): unknown =>
      Array.isArray(tree) ? tree[Math.min(Number(name), tree.length - 1)] : (tree as Members)[name];
    const names = Array.isArray(sent)
      ? Object.keys(sent)
      : [...new Set([...Object.keys(sample), ...Object.keys(sent)])];
    for (const name of names) {
      const step = `${where}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      yield* walk(step, (sent as Members)[name], of(sample, name));
    }
    return;
  }
  const mark = markOf(sent, sample);
  yield {
    where: where || "/",
    mark,
    ...(sent !== undefined && { sent: short(sent) }),
    ...(sample !== undefined && { sample: short(sample) }),
  };
}

type Members = Readonly<Record<string, unknown>>;
type Tree = readonly unknown[] | Members;

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

function markOf(sent: unknown, sample: unknown): Difference["mark"] {
  if (sent === undefined) return "not sent";
  if (sample === undefined) return "not in the sample";
  if (kindOf(sent) !== kindOf(sample)) return "other type";
  return JSON.stringify(sent) === JSON.stringify(sample) ? "same" : "other value";
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? "list" : value === null ? "null" : typeof value;

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
