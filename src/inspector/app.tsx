import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { ControlError, createClient } from "../client.ts";
import type { TenantView } from "../server/admin/tenants.ts";
import { Actions } from "./actions.tsx";
import { baseOf } from "./base.ts";
import { type DocumentedOperation, operationsOf } from "./documents.ts";
import { createFeed } from "./feed.ts";
import { Lab } from "./lab.tsx";
import { Reference } from "./reference.tsx";
import { Requests } from "./requests.tsx";
import { isTyping, ThemeButton, TokenForm, useKeys } from "./shell.tsx";

const VIEWS = ["requests", "actions", "lab", "reference"] as const;
type View = (typeof VIEWS)[number];

const ALL = "all tenants";
const TOKEN = "fauxdr-token";

const viewInAddress = (): View => VIEWS.find((view) => `#${view}` === location.hash) ?? "requests";

export function App(): JSX.Element {
  const [token, setToken] = useState(sessionStorage.getItem(TOKEN) ?? undefined);
  const client = useMemo(
    () => createClient({ url: baseOf(location), ...(token !== undefined && { token }) }),
    [token],
  );
  const feed = useMemo(() => createFeed(client), [client]);
  const [version, setVersion] = useState(0);
  const [view, setView] = useState(viewInAddress);
  const [tenants, setTenants] = useState<readonly TenantView[]>([]);
  const [tenant, setTenant] = useState(ALL);
  const [operations, setOperations] = useState<readonly DocumentedOperation[]>([]);
  const [problem, setProblem] = useState<Error>();
  const isClosed = problem instanceof ControlError && problem.status === 401;

  const loadTenants = useCallback(async (): Promise<void> => {
    setTenants((await client.listTenants()).tenants);
  }, [client]);
  const enter = (name: string): void => {
    setTenant(name);
    setProblem(undefined);
    loadTenants().catch(setProblem);
  };
  useEffect(() => feed.watch(() => setVersion((last) => last + 1)), [feed]);
  useEffect(() => () => feed.close(), [feed]);
  useEffect(() => {
    setProblem(undefined);
    const load = async (): Promise<void> => {
      await loadTenants();
      const { vendors } = await client.getHealth();
      const { rows } = await client.getLedger();
      const documents = await Promise.all(vendors.map(({ name }) => client.getDocument(name)));
      setOperations(
        documents.flatMap((document, at) => operationsOf(vendors[at]?.name ?? "", document, rows)),
      );
    };
    load().catch(setProblem);
  }, [client, loadTenants]);
  useEffect(() => {
    const onHash = (): void => setView(viewInAddress());
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, []);
  useKeys((key) => {
    const wanted = VIEWS[Number(key) - 1];
    if (wanted) location.hash = wanted;
    if (key === "/") document.getElementById("filter")?.focus();
    return wanted !== undefined || key === "/";
  }, isTyping);

  const one = tenants.find(({ name }) => name === tenant) ?? tenants[0];
  const headers = Object.fromEntries((one?.vendors ?? []).map((own) => [own.name, own.headers]));
  const common = { client, version, fail: setProblem };

  return (
    <>
      <header class="top">
        <h1>fauxdr</h1>
        <nav aria-label="Views">
          {VIEWS.map((name, at) => (
            <a key={name} href={`#${name}`} aria-current={name === view ? "page" : undefined}>
              {name} <kbd>{at + 1}</kbd>
            </a>
          ))}
        </nav>
        <label>
          tenant
          <select value={tenant} onChange={({ currentTarget }) => enter(currentTarget.value)}>
            <option>{ALL}</option>
            {tenants.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <span class={`state ${feed.state()}`} role="status">
          {feed.state()}
        </span>
        <ThemeButton />
      </header>
      {isClosed && (
        <TokenForm
          take={(given) => {
            sessionStorage.setItem(TOKEN, given);
            setToken(given);
          }}
        />
      )}
      {problem && !isClosed && (
        <p class="problem" role="alert">
          {problem.message}{" "}
          <button type="button" onClick={() => setProblem(undefined)}>
            Close
          </button>
        </p>
      )}
      {view === "requests" && (
        <Requests
          client={client}
          feed={feed}
          version={version}
          tenant={tenant === ALL ? undefined : tenant}
        />
      )}
      {one && view === "actions" && <Actions {...common} tenant={one.name} />}
      {one && view === "lab" && (
        <Lab
          {...common}
          tenant={one}
          operations={operations.map(({ id }) => id)}
          enter={enter}
          startOver={feed.forget}
        />
      )}
      {view === "reference" && <Reference operations={operations} headers={headers} />}
    </>
  );
}
