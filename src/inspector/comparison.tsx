import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Exchange } from "../core/journal/journal.ts";
import { compare, type Difference, nearestOf } from "./compare.ts";
import type { DocumentedOperation } from "./documents.ts";
import { Table } from "./table.tsx";

interface ComparisonProps {
  readonly request: Exchange["request"];
  readonly operation: DocumentedOperation;
}

/** The request beside the document's sample, field by field. */
export function Comparison({ request, operation }: ComparisonProps): JSX.Element | null {
  const rows = useMemo(
    () => [...parameterRows(request, operation), ...bodyRows(request, operation)],
    [request, operation],
  );
  if (rows.length === 0) return null;
  const count = rows.filter(({ mark }) => TONES[mark] !== undefined).length;
  return (
    <details open={count > 0}>
      <summary>
        Beside the documented sample:{" "}
        {count === 0 ? "the same fields" : `${count} of ${rows.length} fields differ`}
      </summary>
      <Table label="Fields" heads={["field", "difference", "sent", "in the sample"]}>
        {rows.map(({ where, sent, sample, mark }) => (
          <tr key={where} class={TONES[mark]}>
            <th scope="row">
              <code>{where}</code>
            </th>
            <td>{mark}</td>
            <td>
              <code>{sent ?? "—"}</code>
            </td>
            <td>
              <code>{sample ?? "—"}</code>
            </td>
          </tr>
        ))}
      </Table>
    </details>
  );
}

/** What a reader should look at. Another value is no mistake: a sample has ids of its own. */
const TONES: Readonly<Partial<Record<Difference["mark"], string>>> = {
  "other type": "must",
  "not sent": "should",
  "not in the sample": "should",
};

function bodyRows(
  { body, headers }: Exchange["request"],
  { requests }: DocumentedOperation,
): readonly Difference[] {
  if (requests.length === 0) return [];
  const sent = parsed(body.text, headers["content-type"] ?? "");
  return sent === undefined ? [] : compare(sent, nearestOf(sent, requests));
}

function parsed(text: string, type: string): unknown {
  if (type.includes("x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The parameters in the query that were sent, and those that the document requires. */
function parameterRows(
  { url }: Exchange["request"],
  { parameters }: DocumentedOperation,
): readonly Difference[] {
  const sent = Object.fromEntries(new URLSearchParams(url.split(/\?(.*)/s)[1] ?? ""));
  const known = parameters.filter((one) => one.in === "query");
  const sample = Object.fromEntries(
    known
      .filter(({ name, required }) => required || name in sent)
      .map(({ name, example }) => [name, String(example ?? "")]),
  );
  return compare(sent, sample).flatMap((one) =>
    one.where === "/" ? [] : [{ ...one, where: `query${one.where}` }],
  );
}
