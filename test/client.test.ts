import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ClientOptions, ControlError, createClient } from "../src/client.ts";
import { startMock } from "../src/index.ts";
import { built } from "./support/built.ts";
import { exists, read } from "./support/repository.ts";
import { operationsOf, readSpec } from "./support/specs.ts";

/** What a call is refused with. */
async function refusalOf(asked: Promise<unknown>): Promise<ControlError> {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ControlError)) throw error ?? new Error("it was not refused");
  return error;
}

/** Another server than fauxdr, and where it is. */
async function serve(listener: RequestListener): Promise<ClientOptions> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe("the client", () => {
  it("has a method for each operation of the control API, and no other", () => {
    const ids = operationsOf(readSpec("admin")).map(({ id }) => id);
    expect(Object.keys(createClient({ url: "" })).toSorted()).toEqual(ids.toSorted());
  });

  it("calls each one with the method and the path that its document has", async () => {
    const seen: string[] = [];
    const options = await serve((req, res) => {
      seen.push(`${req.method} ${req.url}`);
      res.setHeader("content-type", "application/json").end("{}");
    });
    for (const { id, method, path } of operationsOf(readSpec("admin"))) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const call = createClient(options)[id as "reset"] as (
        ...given: unknown[]
      ) => Promise<unknown>;
      await call(...names);
      expect([id, seen.at(-1)]).toEqual([
        id,
        `${method.toUpperCase()} ${path.replace(/[{}]/g, "")}`,
      ]);
    }
  });

  it("runs in a browser: it imports nothing but its own files", () => {
    const reached = new Set<string>();
    const follow = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      expect([file, exists(file)]).toEqual([file, true]);
      for (const [, from = ""] of read(file).matchAll(/(?:from|import)\s*\(?\s*"([^"]*)"/g)) {
        follow(new URL(from, `file:///${file}`).pathname.slice(1));
      }
    };
    built();
    follow("dist/client.js");
    expect([...reached].filter((file) => !/^dist\/client(\.js|\/)/.test(file))).toEqual([]);
    for (const file of reached) expect(read(file)).not.toMatch(/\b(process|Buffer|require)\b/);
  });

  it("is what the package gives out as fauxdr/client", async () => {
    const packed = (await import("fauxdr/client" as string)) as typeof import("../src/client.ts");
    await using mock = await startMock();
    expect(await packed.createClient(mock).getHealth()).toMatchObject({ status: "ok" });
  });

  it("takes a URL with a slash at its end", async () => {
    await using mock = await startMock();
    expect(await createClient({ url: `${mock.url}/` }).getClock("default")).toMatchObject({
      frozen: false,
    });
  });

  it.each([
    ["a-token", "Bearer a-token"],
    [undefined, undefined],
  ])("shows the token %s", async (token, expected) => {
    const seen: (string | undefined)[] = [];
    const { url } = await serve((req, res) => {
      seen.push(req.headers.authorization);
      res.setHeader("content-type", "application/json").end("{}");
    });
    await createClient({ url, ...(token !== undefined && { token }) }).reset();
    expect(seen).toEqual([expected]);
  });

  it("gives a text reply as a text", async () => {
    const options = await serve((_, res) => res.setHeader("content-type", "text/plain").end("PEM"));
    expect(await createClient(options).getHealth()).toBe("PEM");
  });

  it("sends names and values so that they arrive as they are", async () => {
    await using mock = await startMock();
    const client = createClient(mock);
    const id = "a/b?c#d ü%2e\\";
    await client.addFault("default", { id, fault: { kind: "delay", delayMs: 1 } });
    expect(await client.removeFault("default", id)).toEqual({ removed: [id] });
    const { message } = await refusalOf(client.listRequests({ tenant: "a&limit=1" }));
    expect(message).toBe("there is no tenant a&limit=1");
  });
});

describe("a ControlError", () => {
  it("has the server's status and sentence", async () => {
    await using mock = await startMock();
    const error = await refusalOf(createClient(mock).getTenant("nobody"));
    expect([error.name, error.status, error.message]).toEqual([
      "ControlError",
      404,
      "there is no tenant nobody",
    ]);
  });

  it("says that no server answers, and at which URL", async () => {
    const mock = await startMock();
    await mock.close();
    const { status, message, cause } = await refusalOf(createClient(mock).getHealth());
    expect([status, message]).toEqual([
      undefined,
      `No fauxdr answers at ${mock.url}: is it running there?`,
    ]);
    expect(cause).toBeInstanceOf(Error);
  });

  it.each<[string, RequestListener]>([
    ["closes", (req) => void req.socket.destroy()],
    [
      "breaks off",
      (_, res) => void res.writeHead(200, { "content-length": 9 }).write("{", () => res.destroy()),
    ],
  ])("says the same of a server that %s", async (_, listener) => {
    const options = await serve(listener);
    const { message } = await refusalOf(createClient(options).getHealth());
    expect(message).toBe(`No fauxdr answers at ${options.url}: is it running there?`);
  });

  it.each([
    [200, "text/html", "<p>Welcome</p>"],
    [200, "application/json", "<p>Welcome</p>"],
    [404, "text/plain", "not found"],
    [502, "application/json", '{"error":{"code":7}}'],
    [502, "application/json", "null"],
  ])("says when something else answers: %i %s %s", async (status, type, body) => {
    const options = await serve((_, res) =>
      res.writeHead(status, { "content-type": type }).end(body),
    );
    const error = await refusalOf(createClient(options).getHealth());
    expect([error.status, error.message]).toEqual([
      status,
      `${options.url} answers ${status}, but not as fauxdr does: is another server running there?`,
    ]);
  });

  it.each(["", ".", "..", undefined])(
    "refuses the name %j, which would make the path that of another call",
    async (name) => {
      await using mock = await startMock();
      await createClient(mock).addFault("default", { fault: { kind: "delay", delayMs: 1 } });
      const { message, status } = await refusalOf(createClient(mock).resetTenant(name as string));
      expect([message, status]).toEqual([
        `${JSON.stringify(name)} is not a valid name of a tenant.`,
        undefined,
      ]);
      expect(mock.faults.list()).toHaveLength(1);
    },
  );
});
