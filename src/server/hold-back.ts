import type { Exchange } from "../core/journal/journal.ts";
import type { Vendor, WireRequest } from "../core/vendor.ts";

/** Words in the path of an unknown call that may change something. Reads are sent as POST as well. */
const MAY_CHANGE =
  /isolate|quarantine|restore|delete|remove|scan|abort|script|execut|retriev|block|allow|insert|update|creat|upload|terminat|kill|disabl|assign|edit|set_|upgrade|perform|action/i;

/**
 * Whether a request must not reach the real server: it acts on machines that nobody named, it changes something else, or it
 * is a call that fauxdr does not know and that may change something.
 */
export function isHeldBack(
  vendor: Vendor,
  request: WireRequest,
  operation: string | undefined,
  targets: readonly string[],
): boolean {
  const { name, contract } = vendor;
  if (operation === undefined) return !isRead(request) && MAY_CHANGE.test(request.path);
  if (contract.changing?.includes(operation)) return true;
  if (!contract.destructive.includes(operation)) return false;
  const aim = contract.aimOf?.(exchangeOf(name, request, operation));
  if (!aim || aim.targets.length === 0) return true;
  return !aim.targets.every((target) => targets.includes(target));
}

const isRead = ({ method }: WireRequest): boolean => ["GET", "HEAD", "OPTIONS"].includes(method);

/** The request as the contract reads it. */
const exchangeOf = (vendor: string, request: WireRequest, operation: string): Exchange => ({
  id: 0,
  at: "",
  tenant: "",
  vendor,
  operation,
  request: {
    scheme: request.scheme,
    method: request.method,
    url: request.url,
    headers: {},
    body: { text: request.body.toString(), bytes: request.body.length },
  },
  durationMs: 0,
});
