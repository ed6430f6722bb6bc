import type { Vendor } from "../core/vendor.ts";
import type { Mock } from "../mock.ts";

/** What a client finds in its environment: where the mock is, and the ordinary credentials of each vendor. */
export const clientEnvironment = (
  { url, credentials }: Pick<Mock, "url" | "credentials">,
  vendors: readonly Vendor[],
): Record<string, string> =>
  Object.assign(
    { FAUXDR_URL: url },
    ...vendors.map(({ name, contract }) =>
      contract.environment(url, credentials[name] ?? [], undefined),
    ),
  );
