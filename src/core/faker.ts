/** What vendors use of a seeded faker to make machines up. Written out, so that our types ask for no package. */
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
