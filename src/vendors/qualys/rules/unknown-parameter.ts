import type { Flaw, Rule } from "../../../core/contract.ts";
import { PARAMETERS } from "../parameters.ts";

/** Published clients send these, without effect. */
const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  countEvents: ["sort", "pageNumber", "pageSize"],
};

/** The calls whose table of parameters no public copy of the page shows. */
const TABLE_UNSEEN: Readonly<Record<string, Pick<Flaw, "basis" | "source">>> = {
  listAssets: { basis: "assumed", source: "no public copy of the page shows this call's table" },
};

export const unknownParameter: Rule = {
  id: "qualys.query.unknown-parameter",
  severity: "should",
  basis: "documented",
  title: "A client sends only query parameters that the call has",
  fix: "Correct the name, or leave the parameter out: the call ignores it.",
  source: "Qualys EDR API, the tables of query parameters; that others are ignored is assumed",
  judge: (exchanges) =>
    exchanges.flatMap(({ id, operation = "", request }): Flaw[] => {
      const call = operation.replace(/V1$/, "");
      const known = PARAMETERS[call];
      if (!known) return [];
      const sent = new URLSearchParams(/\?(.*)/.exec(request.url)?.[1]);
      const all = [...known, ...(HARMLESS[call] ?? []), ""];
      return [...new Set(sent.keys())]
        .filter((name) => !all.includes(name))
        .map((name) => ({
          exchanges: [id],
          what: `${call} has no query parameter ${name}`,
          ...TABLE_UNSEEN[call],
        }));
    }),
};
