/** The part of faker that vendors use to generate machines. Declared here, so that our types need no package. */
export interface Faker {
  readonly commerce: { department(): string };
  readonly datatype: { boolean(options: { probability: number }): boolean };
  readonly helpers: { arrayElement<const Item>(list: readonly Item[]): Item };
  readonly internet: {
    domainWord(): string;
    ipv4(options: { network: "private-a" }): string;
    mac(): string;
    username(): string;
  };
  readonly string: {
    hexadecimal(options: { length: number; prefix: string; casing: "lower" }): string;
    uuid(): string;
  };
}
