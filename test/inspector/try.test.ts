import { describe, expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { vendors } from "../../src/vendors/index.ts";
import { inspect } from "../support/inspector.ts";
import { isAll } from "../support/programs.ts";

/** Few calls in `npm test`: test/server/admin/try.test.ts sends all of them without a browser. */
const some = <Item>(items: readonly Item[]): readonly Item[] => (isAll ? items : items.slice(0, 3));

describe.each(vendors.map(({ name, operations }) => [name, Object.keys(operations)] as const))(
  "try it, %s",
  (vendor, ids) => {
    it("sends each call as it is filled in, and gets a 2xx", async () => {
      await using mock = await startMock({ clock: "2026-01-31T12:00:00Z" });
      await using opened = await inspect(mock, "reference");
      const form = opened.getByRole("region", { name: "Try it" });
      const statusOf = async (id: string): Promise<number> => {
        await opened.goto(`${mock.url}/__admin/#/reference/${vendor}/${id}`);
        await opened.getByRole("article", { name: id, exact: true }).waitFor();
        await form.getByRole("button", { name: "Send" }).and(form.locator(":enabled")).waitFor();
        const first = form.getByText("Nothing to fill in yet").getByRole("link");
        if ((await first.count()) > 0) {
          expect(await statusOf(await first.innerText())).toBeLessThan(300);
          if (!id.startsWith("abort")) mock.clock.advance(600_000);
          return statusOf(id);
        }
        await form.getByRole("button", { name: "Send" }).click();
        return Number(
          await form
            .getByText(/^[1-5]\d\d$/)
            .first()
            .innerText(),
        );
      };
      const statuses: (readonly [string, number])[] = [];
      for (const id of some(ids)) statuses.push([id, await statusOf(id)]);
      expect(statuses.filter(([, status]) => status >= 300)).toEqual([]);
      expect(opened.complaints).toEqual([]);
    });
  },
);

it("says which call must come first where nothing works yet, and leads there", async () => {
  await using mock = await startMock({ clock: "2026-01-31T12:00:00Z" });
  await using opened = await inspect(mock, "reference/cortex/getActionStatus");
  const form = opened.getByRole("region", { name: "Try it" });
  await form.getByText("there is no action yet").waitFor();
  await form.getByRole("link", { name: "quarantineFiles" }).click();
  await opened.getByRole("article", { name: "quarantineFiles", exact: true }).waitFor();
  await form.getByRole("button", { name: "Send" }).click();
  await form.getByText("200", { exact: true }).waitFor();
  await opened.goBack();
  await expect.poll(() => form.getByLabel("body").inputValue()).toContain("1001");
  expect(await opened.getByText("there is no action yet").count()).toBe(0);
});

it("shows the vendor's error for a call that was made wrong", async () => {
  await using mock = await startMock();
  await using opened = await inspect(mock, "reference/cortex/quarantineFiles");
  const form = opened.getByRole("region", { name: "Try it" });
  await expect.poll(() => form.getByLabel("body").inputValue()).toContain("file_path");
  await form.getByLabel("body").fill('{"request_data": ');
  await form.getByRole("button", { name: "Send" }).click();
  await form.getByText("err_msg").waitFor();
  expect(mock.journal.entries().at(-1)?.refusal?.kind).toBe("malformed");
});

it("has the filter and the open call in its address", async () => {
  await using mock = await startMock();
  await using opened = await inspect(mock, "reference");
  await opened.getByLabel("Filter operations").fill("get healthcheck");
  await opened.getByRole("navigation", { name: "Operations" }).getByRole("link").click();
  await opened.getByRole("article", { name: "healthcheck" }).waitFor();
  await opened.reload();
  await opened.getByRole("article", { name: "healthcheck" }).waitFor();
  await opened.getByText(/^1 of \d+$/).waitFor();
});
