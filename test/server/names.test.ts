import { expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import { checkNames } from "../../src/server/names.ts";
import { acme } from "../support/acme.ts";

const check = (names: Parameters<typeof checkNames>[0]) => () =>
  checkNames(names, [
    acme(),
    { ...acme(), name: "other", operations: { listThings: () => ({}) as never } },
  ]);

it.each([
  [{}],
  [{ vendor: "acme" }],
  [{ operation: "addDevice" }],
  [{ operation: "listThings" }],
  [{ vendor: "other", operation: "listThings" }],
])("%j are known", (names) => {
  expect(check(names)).not.toThrow();
});

it.each([
  [{ vendor: "Acme" }, 'There is no vendor "Acme": did you mean "acme"?'],
  [{ vendor: "" }, 'There is no vendor "": choose from acme, other.'],
  [
    { vendor: "nobody", operation: "addDevice" },
    'There is no vendor "nobody": choose from acme, other.',
  ],
  [{ operation: "addDevices" }, 'There is no operation "addDevices"; the nearest is addDevice.'],
  [{ operation: "getdevice" }, 'There is no operation "getdevice"; the nearest is getDevice.'],
  [{ operation: "" }, 'There is no operation ""; the nearest is addDevice.'],
  [{ operation: "toString" }, 'There is no operation "toString"; the nearest is'],
  [
    { vendor: "acme", operation: "listThings" },
    'There is no operation "listThings"; the nearest is',
  ],
])("%j are refused with what there is", (names, sentence) => {
  expect(check(names)).toThrow(KitError);
  expect(check(names)).toThrow(sentence);
});
