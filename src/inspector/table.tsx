import type { ComponentChildren, JSX } from "preact";

/** A table that may be wider than the page: it scrolls on its own, by the keyboard as well. */
export function Table({
  label,
  heads,
  children,
}: {
  readonly label: string;
  /** The titles of the columns, if they need any. */
  readonly heads?: readonly string[];
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it
    <section class="wide-table" aria-label={label} tabIndex={0}>
      <table>
        {heads && (
          <thead>
            <tr>
              {heads.map((head) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
