import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Example } from "../core/vendor.ts";
import { baseOf } from "./base.ts";
import { type Answer, draftOf, send } from "./call.ts";
import type { DocumentedOperation } from "./documents.ts";
import type { Page } from "./page.ts";
import { Body, Status } from "./parts.tsx";
import { addressOf } from "./route.ts";

interface TryProps {
  readonly page: Page;
  readonly operation: DocumentedOperation;
}

/** A form that sends a call to this server, as a client would. It is filled with values that work. */
export function Try({ page, operation }: TryProps): JSX.Element {
  const { client, tenant, route, fail } = page;
  const { vendor, id, method, parameters } = operation;
  const [first, setFirst] = useState<Example["first"]>();
  const [url, setUrl] = useState("");
  const [lines, setLines] = useState("");
  const [body, setBody] = useState("");
  const [isFilled, setFilled] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const [failure, setFailure] = useState<string>();
  const fill = async (): Promise<void> => {
    const example = await client.getExample(tenant.name, vendor, id);
    const credentials = tenant.vendors.find(({ name }) => name === vendor)?.headers ?? {};
    const draft = draftOf(operation, example, credentials);
    setFirst(example.first);
    setUrl(draft.path);
    setLines(
      Object.entries(draft.headers)
        .map(([name, value]) => `${name}: ${value}`)
        .join("\n"),
    );
    setBody(draft.body ?? "");
    setFilled(true);
  };
  useEffect(() => void fill().catch(fail), [client, tenant.name, operation]);
  const submit = async (): Promise<void> => {
    const headers = Object.fromEntries(
      lines
        .split("\n")
        .filter((line) => line.includes(":"))
        .map((line) => {
          const colon = line.indexOf(":");
          return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
        }),
    );
    setFailure(undefined);
    setAnswer(await send(baseOf(location), { method, path: url, headers, body }));
  };
  const optional = parameters.filter(({ in: where, required }) => where === "query" && !required);
  return (
    <section class="card" aria-label="Try it">
      <h3>Try it</h3>
      {first && (
        <p class="notice">
          Nothing to fill in yet: {first.why}. First send{" "}
          <a href={addressOf({ ...route, path: [vendor, first.operation] })}>{first.operation}</a>,
          then{" "}
          <button type="button" onClick={() => void fill().catch(fail)}>
            Fill in again
          </button>
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit().catch((error: Error) => {
            setAnswer(undefined);
            setFailure(`No reply: ${error.message}`);
          });
        }}
      >
        <label class="wide">
          <span>{method}</span>
          <input
            aria-label="path"
            value={url}
            onInput={({ currentTarget }) => setUrl(currentTarget.value)}
          />
        </label>
        {optional.length > 0 && (
          <p class="quiet">It also takes {optional.map(({ name }) => name).join(", ")}.</p>
        )}
        <label class="wide">
          <span>headers</span>
          <textarea
            rows={3}
            value={lines}
            onInput={({ currentTarget }) => setLines(currentTarget.value)}
          />
        </label>
        {method !== "GET" && (
          <label class="wide">
            <span>body</span>
            <textarea
              rows={Math.min(16, Math.max(2, body.split("\n").length))}
              value={body}
              onInput={({ currentTarget }) => setBody(currentTarget.value)}
            />
          </label>
        )}
        <button type="submit" disabled={!isFilled}>
          Send
        </button>{" "}
        <span class="quiet">to tenant {tenant.name}</span>
      </form>
      <div aria-live="polite">
        {failure && <p>{failure}</p>}
        {answer && (
          <>
            <p>
              <Status status={answer.status} />{" "}
              <a href={addressOf({ ...route, view: "requests", path: [], q: `operation:${id}` })}>
                in the journal
              </a>
            </p>
            <Body text={answer.text} />
          </>
        )}
      </div>
    </section>
  );
}
