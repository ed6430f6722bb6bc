import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DocumentedOperation } from "./documents.ts";
import { Basis, Body, Status } from "./parts.tsx";
import { Try } from "./try.tsx";

interface ReferenceProps {
  readonly operations: readonly DocumentedOperation[];
  /** By vendor: headers with valid credentials. */
  readonly headers: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The operations of the vendors' documents: statuses, causes and samples, each with its basis. */
export function Reference({ operations, headers }: ReferenceProps): JSX.Element {
  const [filter, setFilter] = useState("");
  const [chosen, setChosen] = useState<string>();
  const wanted = filter.toLowerCase();
  const found = operations.filter(({ id, path, summary, vendor }) =>
    `${vendor} ${id} ${path} ${summary}`.toLowerCase().includes(wanted),
  );
  const open = operations.find(({ id }) => id === chosen) ?? found[0];
  return (
    <main class="split">
      <section>
        <div class="bar">
          <input
            id="filter"
            type="search"
            aria-label="Filter operations"
            placeholder="Filter operations ( / )"
            value={filter}
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
          <output>
            {found.length} of {operations.length}
          </output>
        </div>
        <nav class="operations" aria-label="Operations">
          {found.map(({ vendor, id, method, path, summary, basis }) => (
            <button
              type="button"
              key={`${vendor} ${id}`}
              aria-current={open?.id === id}
              onClick={() => setChosen(id)}
            >
              <span class="method">{method}</span> <code>{path}</code>
              <span class="quiet"> {summary}</span> <Basis basis={basis} />
            </button>
          ))}
        </nav>
      </section>
      <section class="detail">
        {open && (
          <OperationView key={open.id} operation={open} headers={headers[open.vendor] ?? {}} />
        )}
      </section>
    </main>
  );
}

interface OperationViewProps {
  readonly operation: DocumentedOperation;
  readonly headers: Readonly<Record<string, string>>;
}

function OperationView({ operation, headers }: OperationViewProps): JSX.Element {
  const { id, vendor, method, path, summary, basis, source, replies, samples } = operation;
  return (
    <article aria-label={id}>
      <h2>
        {method} {path}
      </h2>
      <p>
        {summary}{" "}
        <span class="quiet">
          {id}, {vendor}
        </span>
      </p>
      <p class="quiet">
        <Basis basis={basis} /> {source}
      </p>
      <Try operation={operation} headers={headers} />
      <h3>Replies</h3>
      <table>
        <tbody>
          {replies.map((reply) => (
            <tr key={`${reply.status} ${reply.cause}`}>
              <td>
                <Status status={reply.status} />
              </td>
              <td>{reply.cause}</td>
              <td>
                {Object.entries(reply.basis).map(([wire, word]) => (
                  <span key={wire}>
                    <Basis basis={word} /> <span class="quiet">{wire}</span>{" "}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {samples.map(({ name, text }) => (
        <section key={name}>
          <h3>{name}</h3>
          <Body text={text} />
        </section>
      ))}
    </article>
  );
}
