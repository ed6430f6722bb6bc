import type { JSX } from "preact";
import type { DocumentedOperation } from "./documents.ts";
import type { Page } from "./page.ts";
import { Basis, Body, Source, Status } from "./parts.tsx";
import { addressOf, replaceRoute } from "./route.ts";
import { Table } from "./table.tsx";
import { Try } from "./try.tsx";

/** The operations of the vendors' documents: statuses, causes and samples, each with its basis. */
export function Reference({ page }: { readonly page: Page }): JSX.Element {
  const { operations, route } = page;
  const words = route.q.toLowerCase().split(/\s+/);
  const found = operations.filter(({ id, path, summary, vendor, method }) => {
    const text = `${vendor} ${id} ${method} ${path} ${summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const [vendor, id] = route.path;
  const open = operations.find((one) => one.vendor === vendor && one.id === id);
  return (
    <main class={vendor === undefined ? "split" : "split open"}>
      <section aria-label="List">
        <div class="bar">
          <input
            id="filter"
            type="search"
            aria-label="Filter operations"
            placeholder="Filter operations ( / )"
            value={route.q}
            onInput={({ currentTarget }) => replaceRoute({ ...route, q: currentTarget.value })}
          />
          <output>
            {found.length} of {operations.length}
          </output>
        </div>
        <nav class="operations" aria-label="Operations">
          {found.map((one) => (
            <a
              key={`${one.vendor} ${one.id}`}
              href={addressOf({ ...route, path: [one.vendor, one.id] })}
              aria-current={one === open}
            >
              <span class="method">{one.method}</span> <code>{one.path}</code>
              <span class="quiet"> {one.summary}</span> <Basis basis={one.basis} />
            </a>
          ))}
          {found.length === 0 && operations.length > 0 && <p class="pad">No operation matches.</p>}
        </nav>
      </section>
      {vendor !== undefined && (
        <section class="detail" aria-label="Details">
          <p class="bar">
            <a href={addressOf({ ...route, path: [] })}>Back to the list</a>
          </p>
          {open ? (
            <OperationView key={`${open.vendor} ${open.id}`} page={page} operation={open} />
          ) : (
            operations.length > 0 && <p>{`${vendor} has no operation ${id}.`}</p>
          )}
        </section>
      )}
    </main>
  );
}

interface OperationViewProps {
  readonly page: Page;
  readonly operation: DocumentedOperation;
}

function OperationView({ page, operation }: OperationViewProps): JSX.Element {
  const { id, vendor, method, path, summary, basis, source, url, replies, samples } = operation;
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
        <Basis basis={basis} /> <Source text={source} {...(url !== undefined && { url })} />
      </p>
      <Try page={page} operation={operation} />
      <h3>Replies</h3>
      <Table label="Replies">
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
      </Table>
      {samples.map(({ name, text }) => (
        <section key={name}>
          <h3>{name}</h3>
          <Body text={text} />
        </section>
      ))}
    </article>
  );
}
