import { isoTime } from "../../core/clock.ts";

/** `2025-02-26T10:18:50.000+00:00`: the form of remediation details, cut to the second. */
export const detailTime = (ms: number): string => isoTime(ms).replace(/\.\d+Z$/, ".000+00:00");

/** `2025-02-26T10:18:50.495+0000`: the form of events and assets. A published client parses exactly this form. */
export const eventTime = (ms: number): string => isoTime(ms).replace("Z", "+0000");
