import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { toHar } from "../core/journal/har.ts";
import type { Exchange } from "../core/journal/journal.ts";
import { curlOf, type Repeatable, repeatable } from "./again.ts";
import { baseOf } from "./base.ts";
import { type Answer, send } from "./call.ts";
import type { Page } from "./page.ts";
import { Body, Copy, Status } from "./parts.tsx";
import { addressOf, pathOf } from "./route.ts";

interface CallToolsProps {
  readonly page: Page;
  readonly exchange: Exchange;
}

/** What can be done with a recorded call: send it again, copy it, hand it on. */
export function CallTools({ page, exchange }: CallToolsProps): JSX.Element {
  const { client, tenants, route } = page;
  const { tenant: name, id, vendor = "", operation } = exchange;
  const [answer, setAnswer] = useState<Answer & Pick<Repeatable, "purpose" | "left">>();
  const base = baseOf(location);
  const tenant = tenants.find((one) => one.name === name);
  const again = async (): Promise<Repeatable> => {
    if (!tenant) throw new Error(`There is no tenant ${name} any more.`);
    const documented = page.operations.find((one) => one.vendor === vendor && one.id === operation);
    if (!documented) return repeatable(exchange, tenant, {});
    const { values } = await client.getExample(name, vendor, documented.id);
    // A login has its credentials in the body, beside members that only look like some.
    const [sample] = documented.secured ? [] : documented.requests;
    return repeatable(exchange, tenant, { ...(sample as object | undefined), ...values });
  };
  const replay = async (): Promise<void> => {
    const { call, purpose, left } = await again();
    setAnswer({ ...(await send(base, call)), purpose, left });
  };
  const curl = async (): Promise<string> => {
    const found = await again();
    const own = tenant?.vendors.find((one) => one.name === vendor);
    // `fauxdr env` prints the variables of this tenant alone.
    return curlOf(base, found, (name === "default" && own?.environment) || {});
  };
  const har = async (): Promise<string> => {
    const { version } = await client.getHealth();
    return JSON.stringify(toHar([exchange], version), undefined, 2);
  };
  const link = `${location.href.split("#")[0]}${addressOf({ ...route, view: "requests", path: pathOf({ tenant: name, id }), q: "", tenant: undefined })}`;
  return (
    <>
      <p class="bar tools">
        <button type="button" onClick={() => void replay().catch(page.fail)}>
          Send again
        </button>
        <Copy text={curl}>Copy as curl</Copy>
        <Copy text={har}>Copy as HAR</Copy>
        <Copy text={link}>Copy link</Copy>
      </p>
      {answer && (
        <section class="card" aria-live="polite" aria-label="Sent again">
          <p>
            Sent again{answer.purpose && ` with the credentials "${answer.purpose}"`}
            {answer.left.length > 0 && `, without ${answer.left.join(", ")}`}:{" "}
            <Status status={answer.status} />
          </p>
          <Body text={answer.text} />
        </section>
      )}
    </>
  );
}
