export const SOURCE: string;
export const INSTALL: string;
