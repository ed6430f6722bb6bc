import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { FaultRule } from "../core/faults/fault.ts";
import type { FaultKindView } from "../server/admin/faults.ts";
import type { Page } from "./page.ts";
import { readJson } from "./read-json.ts";

interface FaultFormProps {
  readonly page: Page;
  readonly added: () => void;
}

type Texts = Readonly<Record<string, string>>;

/** Values to begin with, for the members that a fault needs. */
const USUAL: Texts = { delayMs: "2000", overMs: "2000", refusal: "rate-limited", status: "503" };

/** How a text becomes the value of a member of a fault. Others are texts. */
const READ: Readonly<Record<string, (text: string, name: string) => unknown>> = {
  delayMs: Number,
  overMs: Number,
  status: Number,
  retryAfterSeconds: Number,
  afterBytes: Number,
  headers: readJson,
  body: (text, name) => (/^\s*[[{"]/.test(text) ? readJson(text, name) : text),
  effect: (text) => text === "yes",
};

/** A form for a new fault rule, with a field for each member that its kind takes. */
export function FaultForm({ page, added }: FaultFormProps): JSX.Element {
  const { client, tenant, operations, fail } = page;
  const [kinds, setKinds] = useState<readonly FaultKindView[]>([]);
  const [kind, setKind] = useState("");
  const [rule, setRule] = useState<Texts>({ times: "1" });
  const [fault, setFault] = useState<Texts>({});
  useEffect(() => {
    client.listFaultKinds().then(({ faults }) => {
      setKinds(faults);
      choose(faults[0]);
    }, fail);
  }, [client]);
  const choose = (one: FaultKindView | undefined): void => {
    setKind(one?.kind ?? "");
    setFault(Object.fromEntries((one?.needs ?? []).map((name) => [name, USUAL[name] ?? ""])));
  };
  const known = kinds.find((one) => one.kind === kind);
  const add = async (): Promise<void> => {
    const members = Object.entries(fault).filter(([, text]) => text !== "");
    const { operation, where, ...numbers } = rule;
    const [vendor, id] = operation?.split(" ") ?? [];
    const made = {
      ...(vendor && { vendor, operation: id }),
      ...(where && { where: readJson(where, "where") }),
      ...Object.fromEntries(
        Object.entries(numbers).flatMap(([name, text]) => (text ? [[name, Number(text)]] : [])),
      ),
      fault: {
        kind,
        ...Object.fromEntries(
          members.map(([name, text]) => [name, (READ[name] ?? String)(text, name)]),
        ),
      },
    } as FaultRule;
    await client.addFault(tenant.name, made);
    added();
  };
  const causes = new Set(operations.flatMap(({ replies }) => replies.map(({ cause }) => cause)));
  const numberOf = (name: string, says: string): JSX.Element => (
    <label>
      <span>{says}</span>
      <input
        type="number"
        min="0"
        step="any"
        value={rule[name] ?? ""}
        onInput={({ currentTarget }) => setRule({ ...rule, [name]: currentTarget.value })}
      />
    </label>
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add().catch(fail);
      }}
    >
      <div class="bar">
        <label>
          <span>kind</span>
          <select
            value={kind}
            onChange={({ currentTarget }) =>
              choose(kinds.find((one) => one.kind === currentTarget.value))
            }
          >
            {kinds.map((one) => (
              <option key={one.kind}>{one.kind}</option>
            ))}
          </select>
        </label>
        <label>
          <span>operation</span>
          <select
            value={rule["operation"] ?? ""}
            onChange={({ currentTarget }) => setRule({ ...rule, operation: currentTarget.value })}
          >
            <option value="">any</option>
            {operations.map(({ vendor, id }) => (
              <option key={`${vendor} ${id}`} value={`${vendor} ${id}`}>
                {id}
              </option>
            ))}
          </select>
        </label>
        {numberOf("times", "times")}
        {numberOf("nth", "from call")}
        {numberOf("probability", "probability")}
      </div>
      {known && <p class="quiet">{known.description}</p>}
      <div class="bar">
        {[...(known?.needs ?? []), ...(known?.takes ?? [])].map((name) => (
          <Member
            key={name}
            name={name}
            isNeeded={known?.needs.includes(name) === true}
            value={fault[name] ?? ""}
            change={(text) => setFault({ ...fault, [name]: text })}
          />
        ))}
        <datalist id="causes">
          {[...causes].map((cause) => (
            <option key={cause}>{cause}</option>
          ))}
        </datalist>
      </div>
      <label class="wide">
        <span>only where</span>
        <input
          placeholder='{"/request_data/file_hash": {"contains": "9f"}}'
          value={rule["where"] ?? ""}
          onInput={({ currentTarget }) => setRule({ ...rule, where: currentTarget.value })}
        />
      </label>
      <button type="submit">Add fault</button>
    </form>
  );
}

interface MemberProps {
  readonly name: string;
  readonly isNeeded: boolean;
  readonly value: string;
  readonly change: (text: string) => void;
}

/** A field for one member of a fault. */
function Member({ name, isNeeded, value, change }: MemberProps): JSX.Element {
  if (name === "effect") {
    return (
      <label>
        <input
          type="checkbox"
          checked={value === "yes"}
          onChange={({ currentTarget }) => change(currentTarget.checked ? "yes" : "")}
        />
        <span>the call takes effect</span>
      </label>
    );
  }
  return (
    <label>
      <span>{name}</span>
      <input
        type={READ[name] === Number ? "number" : "text"}
        step="any"
        required={isNeeded}
        list={name === "refusal" ? "causes" : undefined}
        value={value}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
    </label>
  );
}
