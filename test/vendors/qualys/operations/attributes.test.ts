import { describe, expect, it } from "vitest";
import { startMock } from "../../../../src/index.ts";
import { selected } from "../../../../src/vendors/qualys/operations/attributes.ts";
import { CLOCK } from "../../../support/qualys.ts";
import { qualysClient } from "../../../support/qualys-client.ts";

const ROW = {
  id: "1",
  type: "FILE",
  file: { fileName: "a", path: "/" },
  process: { processName: "p", pid: 1 },
  tags: [{ name: "t", id: 2 }],
  names: ["x", "y"],
  none: null,
};

describe("attributes", () => {
  it.each<readonly [include: string | undefined, exclude: string | undefined, row: object]>([
    [undefined, undefined, ROW],
    ["", "", ROW],
    [" , ", undefined, ROW],
    [
      "_type, _id, processName",
      undefined,
      { id: "1", type: "FILE", process: { processName: "p" } },
    ],
    ["file", undefined, { id: "1", file: ROW.file }],
    ["file.path", undefined, { id: "1", file: { path: "/" } }],
    ["path", undefined, { id: "1", file: { path: "/" } }],
    [
      "tags.name,names,none",
      undefined,
      { id: "1", tags: [{ name: "t" }], names: ["x", "y"], none: null },
    ],
    ["nothing", undefined, { id: "1" }],
    ["Type", undefined, { id: "1" }],
    ["constructor", undefined, { id: "1" }],
    [undefined, "file,process,names,none,tags", { id: "1", type: "FILE" }],
    [
      undefined,
      "id,_id,type,fileName,pid,name,none",
      {
        id: "1",
        file: { path: "/" },
        process: { processName: "p" },
        tags: [],
        names: ["x", "y"],
      },
    ],
    ["file", "fileName", { id: "1", file: { path: "/" } }],
    ["file", "file", { id: "1" }],
  ])("include %j and exclude %j", (include, exclude, row) => {
    const query = { include_attributes: include, exclude_attributes: exclude };
    expect(selected(ROW, query)).toEqual(row);
  });

  it.each(["events", "events/searchAfter", "incidents/events/searchAfter"])(
    "are those of each row of /ioc/%s",
    async (path) => {
      await using mock = await startMock({ clock: CLOCK });
      const client = qualysClient(mock);
      const query = { include_attributes: "type, hostName", exclude_attributes: "type" };
      const rows = JSON.parse((await client.get(`/ioc/${path}`, query)).text);
      expect(rows).toHaveLength(10);
      for (const row of rows) {
        expect(row).toEqual({ id: expect.any(String), asset: { hostName: expect.any(String) } });
      }
    },
  );

  it.each(["asset/all", "asset/searchAfter"])("are those of each row of /ioc/%s", async (path) => {
    await using mock = await startMock({ clock: CLOCK });
    const query = { include_attributes: "macAddress", pageSize: 1 };
    const { text } = await qualysClient(mock).get(`/ioc/${path}`, query);
    expect(JSON.parse(text)).toEqual([
      { id: expect.any(String), interfaces: [{ macAddress: expect.any(String) }] },
    ]);
  });
});
