import type { Lifecycle } from "../../core/actions/progress.ts";
import { type CortexAction, type Endpoint, PLATFORM } from "./state.ts";

/** The agent's text of an error and its number, which is that of Windows. */
const NOT_FOUND = { text: "Element not found.", code: 1168 } as const;
const DENIED = { text: "Access is denied.", code: 5 } as const;

/** Why an action failed on an endpoint, in the forms that are recorded. */
export function reasonOf(
  { kind, path, files }: CortexAction,
  lifecycle: Lifecycle,
  endpoint: Endpoint | undefined,
): Readonly<Record<string, unknown>> {
  const { text, code } = lifecycle === "file-absent" ? NOT_FOUND : DENIED;
  const errorData = JSON.stringify({ reportIds: [], errorText: "" });
  const errorDescription = `${text}\r\n`;
  if (kind === "file_retrieval") {
    const missing_files = (endpoint && files?.[PLATFORM[endpoint.os]]) ?? [];
    const archive = { bucket: "", file_name: "", file_path: "", file_size: 0 };
    return { errorData, errorText: text, ...archive, missing_files };
  }
  if (kind === "isolate" || kind === "unisolate") return { errorData, errorText: text };
  const terminate_result = [{ path: path ?? null, status: code }];
  return { errorData, terminated_by: "instance_id", errorDescription, terminate_result };
}
