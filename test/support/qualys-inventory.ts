import { reserved } from "./qualys.ts";

/** What `AGENT` has reported. */
export const FILE_EVENT = "F_9589ad4e-670a-460a-8d69-43184b3df1a7_1017953464222582364";
export const PROCESS_EVENT = "RTP_9589ad4e-670a-460a-8d69-43184b3df1a7_640906955063401909_4000";
/** An agent that is too old to quarantine its host. */
export const OLD_AGENT = "d0e0312c-03ef-4b31-afe4-b99105906070";
export const OFFLINE_AGENT = "9801c535-7a64-442d-aa1a-b6ae3a2f310b";

/** What the reserved agent whose id ends in this code has reported. */
export const reservedEvent = (code: number): string => `F_${reserved(code)}_${code}`;
