import type { ContractCase, Trait } from "../core/contract.ts";
import { KitError } from "../core/errors.ts";
import type { Exchange } from "../core/journal/journal.ts";
import type { VendorRules } from "./judge.ts";

/** Whether a client has a trait, by the trait's id. */
export type Profile = Readonly<Record<string, boolean>>;

const TLS: Trait = { id: "tls", title: "is given an https URL", usual: false };

const traitsOf = ({ contract }: VendorRules): readonly Trait[] => [TLS, ...(contract.traits ?? [])];

/** The traits of a client: as declared by its author, else as its calls show, else the usual ones. */
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

/** Whether the client's calls could show a trait that its author did not declare. */
export const isWorthALook = (vendor: VendorRules, declared: Profile): boolean =>
  traitsOf(vendor).some(({ id, seenIn }) => seenIn !== undefined && declared[id] === undefined);

/** The case for this client, or why the case does not apply to it. */
export type Fitted = { readonly one: ContractCase } | { readonly skipped: string };

/** Adapts a case to a client. Throws a KitError if the case names a trait that the vendor does not define. */
export function fitCase(one: ContractCase, vendor: VendorRules, profile: Profile): Fitted {
  const traits = traitsOf(vendor);
  const named = (id: string): Trait => {
    const trait = traits.find((other) => other.id === id);
    if (trait) return trait;
    throw new KitError(
      `The case ${one.id} names the trait ${id}, which ${vendor.name} does not define.`,
    );
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

/** Reads the traits that an author declares. Throws a KitError for an unknown trait, or for one in both lists. */
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
      throw new KitError(`There is no trait "${id}": ${list}.`);
    }
  }
  const both = has.find((id) => lacks.includes(id));
  if (both !== undefined)
    throw new KitError(`A client cannot both have and lack the trait "${both}".`);
  return Object.fromEntries([
    ...has.map((id) => [id, true] as const),
    ...lacks.map((id) => [id, false] as const),
  ]);
}
