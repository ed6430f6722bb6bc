import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { baseOf } from "./base.ts";
import type { DocumentedOperation } from "./documents.ts";
import { Body, Status } from "./parts.tsx";

interface TryProps {
  readonly operation: DocumentedOperation;
  readonly headers: Readonly<Record<string, string>>;
}

/** A form that sends a call to this server, as a client would. */
export function Try({ operation, headers }: TryProps): JSX.Element {
  const { method, path, contentType, request } = operation;
  const [url, setUrl] = useState(path);
  const [lines, setLines] = useState(
    Object.entries({ ...headers, ...(contentType && { "content-type": contentType }) })
      .map(([name, value]) => `${name}: ${value}`)
      .join("\n"),
  );
  const [body, setBody] = useState(request);
  const [reply, setReply] = useState<{ readonly status?: number; readonly text: string }>();
  const send = async (): Promise<void> => {
    const given = lines.split("\n").filter((line) => line.includes(":"));
    const response = await fetch(`${baseOf(location)}${url}`, {
      method,
      headers: given.map((line): [string, string] => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
      }),
      ...(method !== "GET" && { body }),
    });
    setReply({ status: response.status, text: await response.text() });
  };
  return (
    <details>
      <summary>Try it</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send().catch((error: Error) => setReply({ text: `no reply: ${error.message}` }));
        }}
      >
        <label class="wide">
          path
          <input value={url} onInput={({ currentTarget }) => setUrl(currentTarget.value)} />
        </label>
        <label class="wide">
          headers
          <textarea
            rows={4}
            value={lines}
            onInput={({ currentTarget }) => setLines(currentTarget.value)}
          />
        </label>
        {method !== "GET" && (
          <label class="wide">
            body
            <textarea
              rows={8}
              value={body}
              onInput={({ currentTarget }) => setBody(currentTarget.value)}
            />
          </label>
        )}
        <button type="submit">Send</button>
      </form>
      {reply && (
        <div aria-live="polite">
          <Status status={reply.status} />
          <Body text={reply.text} />
        </div>
      )}
    </details>
  );
}
