import type { Locator, Page } from "playwright-core";
import type { Mock } from "../../src/mock.ts";
import { openPage } from "./browser.ts";

/** A page of the inspector at this address, such as `requests/3?q=status:4xx`. */
export async function inspect(
  { url }: Pick<Mock, "url">,
  address = "requests",
  options: Parameters<typeof openPage>[0] = {},
): ReturnType<typeof openPage> {
  const opened = await openPage(options);
  await opened.goto(`${url}/__admin/#/${address}`);
  await opened.getByText("live", { exact: true }).waitFor();
  return opened;
}

/** The requests in the list, as links. */
export const rows = (opened: Page): Locator =>
  opened.getByRole("list", { name: /^Requests/ }).getByRole("link");

/** The question that is asked before something is lost. */
export const question = (opened: Page): Locator => opened.getByRole("dialog");

/** The texts that the page copies from now on. */
export async function copied(opened: Page): Promise<() => Promise<string>> {
  await opened.evaluate(
    "navigator.clipboard.writeText = async (text) => { window.copied = text; }",
  );
  return async () => {
    await opened.getByRole("button", { name: "Copied" }).waitFor();
    return String(await opened.evaluate("window.copied"));
  };
}
