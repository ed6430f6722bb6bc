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

/** The journal hides its value, because its name means a credential. */
const asksFor = (form: string): boolean => new URLSearchParams(form).has("token");
