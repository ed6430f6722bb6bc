import type { JSX } from "preact";
import { baseOf } from "./base.ts";
import type { Page } from "./page.ts";
import { Copy } from "./parts.tsx";
import { addressOf } from "./route.ts";

/** What to do when nothing has been sent yet. */
export function Welcome({ page: { tenant, route } }: { readonly page: Page }): JSX.Element {
  const base = baseOf(location);
  return (
    <main class="page">
      <h2>No requests yet</h2>
      <p>
        Point your client at <code>{base}</code> <Copy text={base}>Copy</Copy>, with the credentials
        of tenant {tenant.name}. Each call appears here as it happens.
      </p>
      {tenant.vendors.map(({ name, url, sample, environment }) => {
        const variables = Object.entries(environment).map(([variable, value]) => ({
          variable,
          value: value === url ? base : value,
        }));
        const lines = variables.map(({ variable, value }) => `export ${variable}='${value}'`);
        const command = sample.replaceAll(url, base);
        return (
          <section class="card" key={name} aria-label={name}>
            <h3>{name}</h3>
            <p>
              The first call, for a shell: <Copy text={command}>Copy as curl</Copy>
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it */}
            <pre tabIndex={0}>{command}</pre>
            <p>
              For your client: <Copy text={lines.join("\n")}>Copy as variables</Copy>{" "}
              <span class="quiet">
                {tenant.name === "default" && "or run: "}
                {tenant.name === "default" && <code>eval "$(fauxdr env)"</code>}
              </span>
            </p>
            <dl>
              {variables.map(({ variable, value }) => (
                <>
                  <dt key={variable}>
                    <code>{variable}</code>
                  </dt>
                  <dd>
                    <code>{value}</code>
                  </dd>
                </>
              ))}
            </dl>
          </section>
        );
      })}
      <p>
        You can also send a call from here:{" "}
        <a href={addressOf({ ...route, view: "reference", path: [], q: "" })}>all calls</a>. Or see
        the refused credentials and reserved ids in the{" "}
        <a href={addressOf({ ...route, view: "lab", path: [], q: "" })}>lab</a>.
      </p>
    </main>
  );
}
