type Sources = ReadonlyMap<string, { readonly lines: number; readonly imports: readonly string[] }>;

export function readSources(src: string): Sources;
export function roomOf(file: string): string;
export function roomArrows(sources: Sources): Map<string, Set<string>>;
export function inCircles(arrows: ReadonlyMap<string, Iterable<string>>): string[];
export function floors(arrows: ReadonlyMap<string, Set<string>>): Map<string, number>;
