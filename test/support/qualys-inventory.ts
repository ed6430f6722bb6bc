import { reserved } from "./qualys.ts";

/** What `AGENT` has reported. */
export const FILE_EVENT = "F_33f8694a-98c0-4df4-a7d5-2fe68f84f4d0_3-11-2025";
export const PROCESS_EVENT = "P_cb9a6fb1-9a68-4b59-ab35-cad747425a0e_3-11-2025";
/** An agent that is too old to quarantine its host. */
export const OLD_AGENT = "d0e0312c-03ef-4b31-afe4-b99105906070";
export const OFFLINE_AGENT = "9801c535-7a64-442d-aa1a-b6ae3a2f310b";

/** What the reserved agent whose id ends in this code has reported. */
export const reservedEvent = (code: number): string => `F_${reserved(code)}_1-11-2025`;
