import { IncomingMessage, ServerResponse } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInThisContext } from "node:vm";
import { OpenAPIRouter } from "openapi-backend";
import { expect, it, onTestFinished, vi } from "vitest";
import { loadApi } from "../../../src/server/spec/api.ts";
import { acme, serve } from "../../support/acme.ts";

it("spares Express the change of a prototype, which it still asks for at every request", async () => {
  const app = await serve(acme());
  const asked: boolean[] = [];
  const set = Object.setPrototypeOf;
  const spy = vi.spyOn(Object, "setPrototypeOf").mockImplementation((object, prototype) => {
    if (object instanceof IncomingMessage || object instanceof ServerResponse) {
      asked.push(Object.getPrototypeOf(object) === prototype);
    }
    return set(object, prototype);
  });
  onTestFinished(() => spy.mockRestore());
  await fetch(`${app.url}/acme/devices/5`);
  expect(asked).toEqual([true, true]);
});

it("makes responses that V8 does not keep as hash tables, which are slow and large", async () => {
  const app = await serve(acme());
  setFlagsFromString("--allow-natives-syntax");
  const isFast = runInThisContext("(object) => %HasFastProperties(object)");
  const kept: object[] = [];
  const set = Object.setPrototypeOf;
  const spy = vi.spyOn(Object, "setPrototypeOf").mockImplementation((object, prototype) => {
    if (object instanceof IncomingMessage || object instanceof ServerResponse) kept.push(object);
    return set(object, prototype);
  });
  onTestFinished(() => spy.mockRestore());
  await fetch(`${app.url}/acme/devices/5`);
  expect(kept.map(isFast)).toEqual([true, true]);
});

it("spares the router the list of all operations at every match, which it still asks for", async () => {
  const api = await loadApi(acme(), { wire: "document" });
  const spy = vi.spyOn(OpenAPIRouter.prototype, "getOperations");
  onTestFinished(() => spy.mockRestore());
  expect(api.match("GET", "/acme/devices/5")).toMatchObject({ id: "getDevice" });
  expect(spy).not.toHaveBeenCalled();
});
