import type { ContractCase, GivenCredential } from "../core/contract.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { Expectation, Verdict } from "../core/journal/verify.ts";

/** What is wrong with the certificate of a server that poses as the vendor's. */
export type ImpostorKind = NonNullable<ContractCase["impostor"]>;

/** A server that a client must refuse. */
export interface Impostor {
  readonly url: string;
  /** Variables for the client. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stops it, and returns how many connections and requests came while its certificate was wrong. */
  close(): Promise<{ readonly connections: number; readonly requests: number }>;
}

/** A running fauxdr that clients and cases use, as its control API shows it. */
export interface Target {
  readonly url: string;
  /** The environment of every client, for any vendor. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Creates a tenant, and resolves with its credentials by vendor. It exists as long as the target runs, so that a late
   * call is not counted as a stray one.
   */
  createTenant(
    name: string,
    settings: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, readonly GivenCredential[]>>>;
  exchanges(tenant: string): Promise<readonly Exchange[]>;
  /** The exchanges with credentials that no tenant has. */
  strays(): Promise<readonly Exchange[]>;
  verify(tenant: string, expectation: Expectation): Promise<Verdict>;
  /** Starts an impostor. Undefined if the target has no certificate that clients can check. */
  readonly impostor?: ((kind: ImpostorKind) => Promise<Impostor>) | undefined;
  /** How many exchanges a tenant's full journal has dropped. */
  dropped(tenant: string): Promise<number>;
}
