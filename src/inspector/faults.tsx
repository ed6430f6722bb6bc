import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { FaultRule } from "../core/faults/fault.ts";
import type { LiveRule } from "../core/faults/faults.ts";
import { FaultForm } from "./fault-form.tsx";
import { useOneAtATime } from "./one-at-a-time.ts";
import type { Page } from "./page.ts";
import { Table } from "./table.tsx";

/** The fault rules of a tenant: what each one does, to which calls, and how often it has. */
export function Faults({ page }: { readonly page: Page }): JSX.Element {
  const { client, tenant, version, tell, fail } = page;
  const [rules, setRules] = useState<readonly LiveRule[]>([]);
  const load = async (): Promise<void> => setRules((await client.listFaults(tenant.name)).faults);
  useOneAtATime(() => load().catch(fail), [client, tenant, version]);
  const remove = async ({ matched: _, applied: __, ...rule }: LiveRule): Promise<void> => {
    await client.removeFault(tenant.name, rule.id);
    await load();
    tell(`The fault rule ${rule.id} is removed.`, async () => {
      await client.addFault(tenant.name, rule as FaultRule);
      await load();
    });
  };
  return (
    <section class="card" aria-label="Faults">
      <h2>Faults of {tenant.name}</h2>
      <FaultForm page={page} added={() => void load().catch(fail)} />
      {rules.length === 0 ? (
        <p class="quiet">No active fault rules.</p>
      ) : (
        <Table
          label="Fault rules"
          heads={["rule", "fault", "on", "which of these", "applied", "change"]}
        >
          {rules.map((rule) => (
            <tr key={rule.id}>
              <td>{rule.id}</td>
              <td>
                {rule.fault.kind}
                <Members of={rule.fault} without="kind" />
              </td>
              <td>
                {[rule.vendor, rule.operation].filter(Boolean).join(" ") || "any call"}
                {rule.where && <Members of={rule.where} />}
              </td>
              <td>{whichOf(rule)}</td>
              <td>{countOf(rule)}</td>
              <td>
                <button
                  type="button"
                  aria-label={`Remove ${rule.id}`}
                  onClick={() => void remove(rule).catch(fail)}
                >
                  Remove
                </button>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

/** The members of an object, one in a line. */
function Members({ of, without }: { readonly of: object; readonly without?: string }): JSX.Element {
  return (
    <>
      {Object.entries(of)
        .filter(([name]) => name !== without)
        .map(([name, value]) => (
          <div key={name} class="quiet">
            {name} <code>{typeof value === "string" ? value : JSON.stringify(value)}</code>
          </div>
        ))}
    </>
  );
}

function whichOf({ nth, times, probability }: LiveRule): string {
  const limit = times ?? (nth === undefined ? undefined : 1);
  return [
    nth === undefined ? "" : `from call ${nth} on`,
    limit === undefined ? "every time" : limit === 1 ? "once" : `${limit} times`,
    probability === undefined ? "" : `with probability ${probability}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function countOf({ nth, times, matched, applied }: LiveRule): string {
  const limit = times ?? (nth === undefined ? undefined : 1);
  const calls = `${matched} ${matched === 1 ? "call" : "calls"} matched`;
  return limit === undefined ? `${applied} times, ${calls}` : `${applied} of ${limit}, ${calls}`;
}
