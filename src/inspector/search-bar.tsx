import type { ComponentChildren, JSX } from "preact";
import { type Route, replaceRoute } from "./route.ts";
import { PREFIXES, type Term } from "./search.ts";

interface SearchBarProps {
  readonly route: Route;
  readonly terms: readonly Term[];
  /** How many were found. */
  readonly count: string;
  readonly children: ComponentChildren;
}

/** The search, with a chip for each part that has a prefix. */
export function SearchBar({ route, terms, count, children }: SearchBarProps): JSX.Element {
  const chips = terms.filter(({ place }) => place !== undefined);
  const without = (term: Term): string =>
    terms
      .filter((one) => one !== term)
      .map(({ text }) => text)
      .join(" ");
  return (
    <div class="bar">
      <input
        id="filter"
        type="search"
        aria-label="Search requests"
        placeholder="Search all of it, or status:4xx rule:retry ( / )"
        title={`Words are looked for everywhere. Prefixes: ${PREFIXES.join(": ")}:`}
        value={route.q}
        onInput={({ currentTarget }) => replaceRoute({ ...route, q: currentTarget.value })}
      />
      <output>{count}</output>
      {children}
      {chips.length > 0 && (
        <p class="chips">
          {chips.map((term) => (
            <button
              type="button"
              key={term.text}
              aria-label={`Remove ${term.text}`}
              onClick={() => replaceRoute({ ...route, q: without(term) })}
            >
              {term.text} <span aria-hidden="true">×</span>
            </button>
          ))}
        </p>
      )}
    </div>
  );
}
