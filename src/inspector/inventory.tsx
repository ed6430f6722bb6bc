import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { InventoryRow } from "../core/inventory.ts";
import type { Page } from "./page.ts";
import { readJson } from "./read-json.ts";
import { Choice } from "./tenant-cards.tsx";

/** Rows to choose from, so that a person sees what a row is like. */
const MOST = 200;

/** A form that puts an endpoint, event or whatever the vendor has into a tenant. */
export function InventoryCard({ page }: { readonly page: Page }): JSX.Element | null {
  const { client, tenant, tell, fail } = page;
  const kinds = tenant.vendors.flatMap(({ name, inventory }) =>
    inventory.map((kind) => `${name} ${kind}`),
  );
  const [kind, setKind] = useState(kinds[0] ?? "");
  const [rows, setRows] = useState<readonly InventoryRow[]>([]);
  const [text, setText] = useState("");
  const [vendor = "", name = ""] = kind.split(" ");
  const load = async (): Promise<readonly InventoryRow[]> => {
    const found = await client.listInventory(tenant.name, vendor, name);
    setRows(found.rows);
    return found.rows;
  };
  const fill = (row: InventoryRow | undefined): void => setText(textOf(row));
  useEffect(() => {
    if (kind === "") return;
    load().then(([first]) => setText((typed) => typed || textOf(first)), fail);
  }, [client, tenant.name, kind]);
  const choose = (one: string): void => {
    setText("");
    setKind(one);
  };
  const add = async (): Promise<void> => {
    const row = readJson(text, "The row") as InventoryRow;
    const made = await client.addToInventory(tenant.name, vendor, name, row);
    const { length } = await load();
    fill(made);
    tell(`The ${name} of ${tenant.name} now have ${length} rows.`);
  };
  if (kinds.length === 0) return null;
  return (
    <section class="card" aria-label="Inventory">
      <h2>Inventory of {tenant.name}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add().catch(fail);
        }}
      >
        <div class="bar">
          <Choice label="rows of" options={kinds} value={kind} choose={choose} />
          <label>
            <span>begin with</span>
            <select onChange={({ currentTarget }) => fill(rows[Number(currentTarget.value)])}>
              {rows.slice(0, MOST).map((row, at) => (
                <option key={titleOf(row)} value={at}>
                  {titleOf(row)}
                </option>
              ))}
            </select>
          </label>
          <output>{rows.length} rows</output>
        </div>
        <label class="wide">
          <span>row</span>
          <textarea
            rows={8}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <p class="quiet">
          As the vendor's calls show it. Give it an id of its own: a row with a known id replaces
          the one that has it. What you leave out is filled in.
        </p>
        <button type="submit">Put into {tenant.name}</button>
      </form>
    </section>
  );
}

const textOf = (row: InventoryRow | undefined): string =>
  row === undefined ? "{}" : JSON.stringify(row, undefined, 2);

/** Its first texts, which are its id and its name. */
const titleOf = (row: InventoryRow): string =>
  Object.values(row)
    .filter((value) => typeof value === "string" || typeof value === "number")
    .slice(0, 2)
    .join(" ");
