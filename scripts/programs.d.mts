export declare const PROGRAMS: Readonly<
  Record<ProgramName, { readonly packages: readonly string[] }>
>;
export declare function find(name: ProgramName): string | undefined;
export type ProgramName =
  | "bash"
  | "Chromium"
  | "curl"
  | "gcc with libcurl"
  | "Go"
  | "Java"
  | "Java with Unirest"
  | "jq"
  | "nginx"
  | "PHP with curl"
  | "pytest"
  | "Python"
  | "Python's requests"
  | "Redis"
  | "Ruby"
  | "wget"
  | "xmllint";
