import { LISTINGS } from "./listings.mjs";

/** The goals for fauxdr, each a ratio to another server in the same run. */
export const WANTED = [
  { of: "cold start", what: "cold start, ms", against: "raw", most: 1.8 },
  { of: "cold start", what: "cold start, ms", against: "Prism", most: 1 / 8 },
  { of: "npx from an empty cache", what: "npx, empty cache, s", against: "Prism", most: 1 / 5 },
  { of: "throughput", what: "calls/s, 32 connections", against: "raw", least: 0.6 },
  { of: "throughput", what: "calls/s, 32 connections", against: "Prism", least: 5 },
  { of: "throughput", what: "calls/s, 32 connections", against: "WireMock", least: 4 },
  { of: "processor time a call", what: "CPU µs a call", against: "raw", most: 1 / 0.6 },
  { of: "p99 at 32 connections", what: "p99 ms, 32", against: "raw", most: 2 },
  { of: "RSS after start", what: "RSS after start, MB", against: "raw", most: 1.6 },
];

/** The goals for growth: the ratio of two figures, or one figure by itself. */
export const WANTED_GROWTH = [
  { of: "a call with 1000 targets", what: "1000 targets", against: "1 target", most: 12 },
  {
    of: "a status call with a million actions",
    what: "1000000 actions",
    against: "10 actions",
    most: 1.5,
  },
  { of: "a call with 1000 tenants", what: "1000 tenants", against: "1 tenant", most: 1.5 },
  {
    of: "a call with 100 rules of another operation",
    what: "100 rules of another operation",
    against: "no fault rule",
    most: 1.5,
  },
  ...Object.keys(LISTINGS).map((name) => ({
    of: `a page of ten ${name}`,
    what: `ten ${name} of 100000`,
    against: `ten ${name} of few`,
    most: 2,
  })),
  {
    of: "a call with a full journal",
    what: "journal full",
    against: "journal with room",
    most: 1.5,
  },
  { of: "MB of a million actions", what: "MB of 1000000 actions", most: 600 },
];
