/**
 * What a program that a test starts gets of the environment, and no more: settings of fauxdr or a proxy may be set in it.
 * The certificates are those by which npm knows its registry.
 */
export const environment: NodeJS.ProcessEnv = {
  PATH: process.env["PATH"],
  HOME: process.env["HOME"],
  NODE_EXTRA_CA_CERTS: process.env["NODE_EXTRA_CA_CERTS"],
};
