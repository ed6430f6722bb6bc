import assert from "node:assert/strict";
import { test } from "node:test";
import { quarantine } from "../quarantine.js";

const { CORTEX_URL, CORTEX_API_KEY_ID, CORTEX_API_KEY } = process.env;
const tenant = { url: CORTEX_URL, keyId: CORTEX_API_KEY_ID, key: CORTEX_API_KEY };
const file = { path: "C:\\temp\\test_x64.msi", sha256: "0".repeat(64) };

test("a file is quarantined", async () => {
  const id = await quarantine(tenant, ["facade00000000000000000000000001"], file);
  assert.ok(id > 0);
});
