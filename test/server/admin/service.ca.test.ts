import request from "supertest";
import { expect, it } from "vitest";
import { startMock } from "../../../src/mock.ts";
import { vendors } from "../../../src/vendors/index.ts";

it("the control API hands out the CA's certificate where TLS is on", async () => {
  await using mock = await startMock({ tls: true });
  const { status, headers, body } = await request(mock.url)
    .get("/__admin/ca.pem")
    .buffer(true)
    .parse((res, done) => {
      let text = "";
      res.on("data", (chunk) => {
        text += chunk;
      });
      res.on("end", () => done(null, text));
    });
  expect([status, headers["content-type"], body]).toEqual([200, "application/x-pem-file", mock.ca]);
});

it("the control API says what to do where there is none", async () => {
  await using mock = await startMock();
  const { status, body } = await request(mock.url).get("/__admin/ca.pem");
  expect([status, body]).toEqual([
    404,
    {
      error:
        "there is no CA: start fauxdr with --tls and without --tls-cert, or trust the CA of your own certificate",
    },
  ]);
});

it("the control API names the vendors' URLs in the scheme of the call", async () => {
  await using mock = await startMock({ tls: true });
  const urls = async (url = ""): Promise<string[]> => {
    const { body } = await request(url)
      .get("/__admin/tenants/default")
      .ca(mock.ca ?? "");
    return body.vendors.map((vendor: { url: string }) => vendor.url);
  };
  expect(await urls(mock.url)).toEqual(vendors.map(() => mock.url));
  expect(await urls(mock.tlsUrl)).toEqual(vendors.map(() => mock.tlsUrl));
});
