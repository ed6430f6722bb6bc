import type { Rule } from "../../../core/contract.ts";

export const tokenField: Rule = {
  id: "qualys.login.token-field",
  severity: "should",
  basis: "documented",
  title: "A login asks for a token",
  fix: "Send token=true in the form of POST /auth, beside username and password.",
  source:
    "Qualys API gateway, Fetch Authentication Token: token is mandatory; published clients were seen to leave it out",
  judge: (exchanges) =>
    exchanges
      .filter(({ operation, request }) => operation === "login" && !asksFor(request.body.text))
      .map(({ id }) => ({ exchanges: [id], what: "the form has no field token" })),
};

/** Its value is taken out of the journal, as everything that is called so. */
const asksFor = (form: string): boolean => new URLSearchParams(form).has("token");
