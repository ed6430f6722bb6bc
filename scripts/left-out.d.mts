/** The source of the stand-in for lodash. */
export const lodash: (name: string) => string;
