import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { ControlError, createClient } from "../client.ts";
import type { TenantView } from "../server/admin/tenants.ts";
import { Actions } from "./actions.tsx";
import { Ask, type Question } from "./ask.tsx";
import { baseOf } from "./base.ts";
import { type DocumentedOperation, operationsOf } from "./documents.ts";
import { createFeed } from "./feed.ts";
import { FindingsView } from "./findings.tsx";
import { Lab } from "./lab.tsx";
import { type Done, Notice } from "./notice.tsx";
import type { Page } from "./page.ts";
import { Reference } from "./reference.tsx";
import { Requests } from "./requests.tsx";
import { addressOf, readRoute, VIEWS } from "./route.ts";
import { isTyping, TokenForm, useKeys } from "./shell.tsx";
import type { Zone } from "./time.ts";
import { Top } from "./top.tsx";
import { useFindings } from "./use-findings.ts";

const TOKEN = "fauxdr-token";
const ZONE = "fauxdr-zone";

const SHOWN = {
  requests: Requests,
  findings: FindingsView,
  actions: Actions,
  lab: Lab,
  reference: Reference,
};

interface Asked {
  readonly question: Question;
  readonly answer: (yes: boolean) => void;
}

export function App(): JSX.Element {
  const [token, setToken] = useState(sessionStorage.getItem(TOKEN) ?? undefined);
  const client = useMemo(
    () => createClient({ url: baseOf(location), ...(token !== undefined && { token }) }),
    [token],
  );
  const feed = useMemo(() => createFeed(client), [client]);
  const [version, setVersion] = useState(0);
  const [route, setRoute] = useState(() => readRoute(location.hash));
  const [tenants, setTenants] = useState<readonly TenantView[]>([]);
  const [operations, setOperations] = useState<readonly DocumentedOperation[]>([]);
  const [problem, setProblem] = useState<Error>();
  const [done, setDone] = useState<Done>();
  const [asked, setAsked] = useState<Asked>();
  const [zone, setZone] = useState<Zone>(localStorage.getItem(ZONE) === "local" ? "local" : "UTC");
  const findings = useFindings(client, version);
  const isClosed = problem instanceof ControlError && problem.status === 401;

  const reload = useCallback(async (): Promise<void> => {
    setTenants((await client.listTenants()).tenants);
  }, [client]);
  useEffect(() => feed.watch(() => setVersion((last) => last + 1)), [feed]);
  useEffect(() => () => feed.close(), [feed]);
  useEffect(() => {
    setProblem(undefined);
    const load = async (): Promise<void> => {
      await reload();
      const { vendors } = await client.getHealth();
      const { rows } = await client.getLedger();
      const documents = await Promise.all(vendors.map(({ name }) => client.getDocument(name)));
      setOperations(
        documents.flatMap((document, at) => operationsOf(vendors[at]?.name ?? "", document, rows)),
      );
    };
    load().catch(setProblem);
  }, [client, reload]);
  useEffect(() => {
    const onHash = (): void => setRoute(readRoute(location.hash));
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, []);
  useKeys((key) => {
    const view = VIEWS[Number(key) - 1];
    if (view) location.hash = addressOf({ ...route, view, path: [], q: "" });
    if (key === "/") document.getElementById("filter")?.focus();
    return view !== undefined || key === "/";
  }, isTyping);

  const tenant = tenants.find(({ name }) => name === route.tenant) ?? tenants[0];
  const ask = (question: Question): Promise<boolean> =>
    new Promise((resolve) => {
      const answer = (yes: boolean): void => {
        setAsked(undefined);
        resolve(yes);
      };
      setAsked({ question, answer });
    });
  const page: Page | undefined = tenant && {
    client,
    feed,
    version,
    findings,
    route,
    tenants,
    tenant,
    operations,
    zone,
    fail: setProblem,
    ask,
    tell: (text, undo) => setDone({ text, ...(undo && { undo }) }),
    reload,
  };
  const View = SHOWN[route.view];

  return (
    <>
      <Top
        route={route}
        tenants={tenants}
        state={feed.state()}
        zone={zone}
        change={(next) => {
          localStorage.setItem(ZONE, next);
          setZone(next);
        }}
      />
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
      {done && <Notice done={done} fail={setProblem} close={() => setDone(undefined)} />}
      {page ? <View page={page} /> : <main class="page" />}
      {asked && <Ask {...asked} />}
    </>
  );
}
