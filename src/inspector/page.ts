import type { ControlClient } from "../client.ts";
import type { TenantView } from "../server/admin/tenants.ts";
import type { Question } from "./ask.tsx";
import type { DocumentedOperation } from "./documents.ts";
import type { Feed } from "./feed.ts";
import type { Route } from "./route.ts";
import type { Zone } from "./time.ts";
import type { Findings } from "./use-findings.ts";

/** What every view works with. */
export interface Page {
  readonly client: ControlClient;
  readonly feed: Feed;
  /** Changes when a request arrives. */
  readonly version: number;
  readonly findings: Findings;
  readonly route: Route;
  readonly tenants: readonly TenantView[];
  /** The chosen tenant, or the first one where all are chosen. */
  readonly tenant: TenantView;
  readonly operations: readonly DocumentedOperation[];
  readonly zone: Zone;
  /** Shows an error. */
  readonly fail: (error: Error) => void;
  /** Asks before something is lost. Resolves with the user's answer. */
  readonly ask: (question: Question) => Promise<boolean>;
  /** Says what was done, with a way back if there is one. */
  readonly tell: (text: string, undo?: () => Promise<unknown>) => void;
  /** Reads the tenants again. */
  readonly reload: () => Promise<void>;
}
