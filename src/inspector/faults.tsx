import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ControlClient } from "../client.ts";
import type { FaultRule } from "../core/faults/fault.ts";
import type { LiveRule } from "../core/faults/faults.ts";
import type { FaultKindView } from "../server/admin/faults.ts";

interface FaultsProps {
  readonly client: ControlClient;
  readonly tenant: string;
  /** The operation ids of all vendors. */
  readonly operations: readonly string[];
  readonly version: number;
  readonly fail: (error: Error) => void;
}

/** Sample values for the members that a fault needs. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  delayMs: 2000,
  overMs: 2000,
  refusal: "rate-limited",
  status: 503,
};

/** The fault rules of a tenant: how often each one applied, a form for a new one, and a button to remove each. */
export function Faults({ client, tenant, operations, version, fail }: FaultsProps): JSX.Element {
  const [kinds, setKinds] = useState<readonly FaultKindView[]>([]);
  const [rules, setRules] = useState<readonly LiveRule[]>([]);
  const [operation, setOperation] = useState("");
  const [kind, setKind] = useState("");
  const [rest, setRest] = useState("");
  const [times, setTimes] = useState("1");
  const load = async (): Promise<void> => setRules((await client.listFaults(tenant)).faults);
  const act = (what: Promise<unknown>): void => void what.then(load).catch(fail);
  const choose = (name: string, all = kinds): void => {
    const needs = all.find((one) => one.kind === name)?.needs ?? [];
    setKind(name);
    setRest(
      JSON.stringify(Object.fromEntries(needs.map((need) => [need, EXAMPLES[need] ?? null]))),
    );
  };
  useEffect(() => void load().catch(fail), [client, tenant, version]);
  useEffect(() => {
    void client.listFaultKinds().then(({ faults }) => {
      setKinds(faults);
      choose(faults[0]?.kind ?? "", faults);
    }, fail);
  }, [client]);
  const add = async (): Promise<unknown> => {
    const rule = {
      ...(operation && { operation }),
      ...(times && { times: Number(times) }),
      fault: { kind, ...JSON.parse(rest || "{}") },
    } as FaultRule;
    return client.addFault(tenant, rule);
  };
  const known = kinds.find((one) => one.kind === kind);

  return (
    <section class="card">
      <h2>Faults</h2>
      <form
        class="bar"
        onSubmit={(event) => {
          event.preventDefault();
          act(add());
        }}
      >
        <label>
          operation
          <select
            value={operation}
            onChange={({ currentTarget }) => setOperation(currentTarget.value)}
          >
            <option value="">any</option>
            {operations.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          kind
          <select value={kind} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {kinds.map((one) => (
              <option key={one.kind}>{one.kind}</option>
            ))}
          </select>
        </label>
        <label>
          times
          <input
            type="number"
            min="1"
            value={times}
            onInput={({ currentTarget }) => setTimes(currentTarget.value)}
          />
        </label>
        <label class="wide">
          with
          <input value={rest} onInput={({ currentTarget }) => setRest(currentTarget.value)} />
        </label>
        <button type="submit">Add fault</button>
      </form>
      {known && (
        <p class="quiet">
          {known.description}; members: {[...known.needs, ...known.takes].join(", ")}
        </p>
      )}
      {rules.length === 0 ? (
        <p class="quiet">No active fault rules.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>rule</th>
              <th>fault</th>
              <th>on</th>
              <th>applied</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {rules.map(({ id, fault, vendor, operation: on, matched, applied }) => (
              <tr key={id}>
                <td>{id}</td>
                <td>
                  <code>{JSON.stringify(fault)}</code>
                </td>
                <td>{[vendor, on].filter(Boolean).join(" ") || "any call"}</td>
                <td>
                  {applied} of {matched}
                </td>
                <td>
                  <button type="button" onClick={() => act(client.removeFault(tenant, id))}>
                    Remove
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
