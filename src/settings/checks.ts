import { isIP } from "node:net";
import { readStoreAddress } from "../core/store-address.ts";

/** The members of a setting that is a comma-separated list. */
export const listOf = (text: string): string[] =>
  text
    .split(",")
    .map((member) => member.trim())
    .filter((member) => member !== "");

const LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
const HOST_NAME = new RegExp(`^(\\*\\.)?(${LABEL}\\.)*${LABEL}$`, "i");

/** What a list of names for a certificate must be, if it is invalid. */
export const checkCertificateNames = (list: string): string | undefined =>
  listOf(list).every((name) => isIP(name) > 0 || HOST_NAME.test(name))
    ? undefined
    : "must be host names and addresses, separated by commas";

/** What a list of hosts for the control API must be, if it is invalid. */
export const checkHosts = (list: string): string | undefined =>
  listOf(list).every((name) => name === "*") || checkCertificateNames(list) === undefined
    ? undefined
    : "must be * or host names such as mock.example or *.example, without ports, separated by commas";

/** What a list of web pages' origins must be, if it is invalid. */
export const checkOrigins = (list: string): string | undefined =>
  listOf(list).every((origin) => origin === "*" || isOrigin(origin))
    ? undefined
    : "must be * or origins such as https://app.example:8080, separated by commas";

/** Browsers write an origin in lower case, without a path, a default port or a slash at the end. */
const isOrigin = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//.test(text) && URL.canParse(text) && originIn(new URL(text)) === text;

/** `URL.origin` is "null" for schemes of browser extensions, which do have origins. */
const originIn = ({ protocol, host }: URL): string => `${protocol}//${host}`;

/** What a bearer token (RFC 6750, 2.1) must be, if it is invalid. */
export const checkToken = (token: string): string | undefined =>
  /^[\w.~+/-]*=*$/.test(token)
    ? undefined
    : "must consist of letters, digits and -._~+/, and may end with =";

/** The value of `store` that keeps tenants in this process. */
export const MEMORY = "memory";

/** What the place of a store must be, if it is invalid. */
export const checkStore = (place: string): string | undefined =>
  place === MEMORY || readStoreAddress(place)
    ? undefined
    : "must be memory, or a URL such as redis://127.0.0.1:6379/0, redis-cluster://a:6379,b:6379 or redis-sentinel://a:26379,b:26379/0#mymaster";

/** What the prefix of a store's keys must be, if it is invalid. */
export const checkStorePrefix = (prefix: string): string | undefined =>
  /^[\w.:-]{1,100}$/.test(prefix)
    ? undefined
    : "must be up to 100 letters, digits and any of . : _ -";

/** What is wrong with the URL of a real server. */
export const checkUpstream = (url: string): string | undefined =>
  url === "" || (/^https?:\/\/[^/?#@]+(\/[^?#]*)?$/.test(url) && URL.canParse(url))
    ? undefined
    : "must be a base URL such as https://api-tenant.example.com";
