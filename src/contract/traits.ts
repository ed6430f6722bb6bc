import type { ContractCase, Trait } from "../core/contract.ts";
import { KitError } from "../core/errors.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { VendorRules } from "./judge.ts";

/** Whether a client has a trait, by the trait's id. */
export type Profile = Readonly<Record<string, boolean>>;

const TLS: Trait = { id: "tls", title: "is given an https URL", usual: false };

const traitsOf = ({ contract }: VendorRules): readonly Trait[] => [TLS, ...(contract.traits ?? [])];

/** What a client is: as its author says, else as its calls show, else as is usual. */
export function profileOf(
  vendor: VendorRules,
  declared: Profile,
  exchanges: readonly Exchange[],
): Profile {
  return Object.fromEntries(
    traitsOf(vendor).map(({ id, seenIn, usual }) => [
      id,
      declared[id] ?? seenIn?.(exchanges) ?? usual,
    ]),
  );
}

/** Whether a look at a client's calls would tell more of it than its author does. */
export const isWorthALook = (vendor: VendorRules, declared: Profile): boolean =>
  traitsOf(vendor).some(({ id, seenIn }) => seenIn !== undefined && declared[id] === undefined);

/** A case as it is for a client; or why it is not about such a client. */
export type Fitted = { readonly one: ContractCase } | { readonly skipped: string };

/** Throws a KitError for a case that names a trait that the vendor's clients cannot have. */
export function fitCase(one: ContractCase, vendor: VendorRules, profile: Profile): Fitted {
  const traits = traitsOf(vendor);
  const named = (id: string): Trait => {
    const trait = traits.find((other) => other.id === id);
    if (trait) return trait;
    throw new KitError(`The case ${one.id} names the trait ${id}, which ${vendor.name} has not.`);
  };
  for (const need of one.needs ?? []) {
    const isForbidden = need.startsWith("!");
    const { id, title } = named(isForbidden ? need.slice(1) : need);
    if ((profile[id] === true) === isForbidden) {
      return {
        skipped: `only for a client that ${isForbidden ? "does not have this: it " : ""}${title}`,
      };
    }
  }
  const own = traits.filter(({ id }) => profile[id] === true);
  const variants = Object.entries(one.variants ?? {}).filter(([id]) => own.includes(named(id)));
  const as = one.as ?? own.find((trait) => trait.as !== undefined)?.as;
  return {
    one: Object.assign({}, one, as !== undefined && { as }, ...variants.map(([, rest]) => rest)),
  };
}

/** Reads what an author says of a client: traits that it has, and some that it has not. Throws a KitError. */
export function readProfile(
  vendors: readonly VendorRules[],
  has: readonly string[],
  lacks: readonly string[],
): Profile {
  const known = [...new Set(vendors.flatMap(traitsOf).map(({ id }) => id))].filter(
    (id) => id !== TLS.id,
  );
  for (const id of [...has, ...lacks]) {
    if (!known.includes(id)) {
      const list = known.length > 0 ? known.join(", ") : "there are none";
      throw new KitError(`There is no trait "${id}" of a client: ${list}.`);
    }
  }
  const both = has.find((id) => lacks.includes(id));
  if (both !== undefined)
    throw new KitError(`A client has the trait "${both}", or lacks it; not both.`);
  return Object.fromEntries([
    ...has.map((id) => [id, true] as const),
    ...lacks.map((id) => [id, false] as const),
  ]);
}
