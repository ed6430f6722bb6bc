// The programs besides Node that tests use: their commands, and the Debian packages that contain them.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

const BROWSERS = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/** With these arguments a program succeeds only if it has everything that the tests need. */
export const PROGRAMS = {
  bash: { packages: ["bash"], commands: ["bash"], probe: ["--version"] },
  Chromium: {
    packages: ["chromium", "fonts-liberation"],
    commands: process.env.CHROMIUM ? [process.env.CHROMIUM] : BROWSERS,
    probe: ["--version"],
  },
  curl: { packages: ["curl"], commands: ["curl"], probe: ["--version"] },
  "gcc with libcurl": {
    packages: ["gcc", "libc6-dev", "libcurl4-openssl-dev"],
    commands: ["gcc"],
    probe: ["-E", "-include", "curl/curl.h", "-x", "c", "/dev/null"],
  },
  Go: { packages: ["golang-go"], commands: ["go"], probe: ["version"] },
  Java: { packages: ["openjdk-17-jdk-headless"], commands: ["javac"], probe: ["-version"] },
  "Java with Unirest": {
    packages: ["openjdk-17-jdk-headless", "libunirest-java-java"],
    commands: ["javap"],
    probe: ["-cp", "/usr/share/java/unirest-java.jar", "com.mashape.unirest.http.Unirest"],
  },
  jq: { packages: ["jq"], commands: ["jq"], probe: ["--version"] },
  nginx: { packages: ["nginx-light"], commands: ["nginx", "/usr/sbin/nginx"], probe: ["-v"] },
  "PHP with curl": {
    packages: ["php-cli", "php-curl"],
    commands: ["php"],
    probe: ["-r", 'exit(function_exists("curl_init") ? 0 : 1);'],
  },
  pytest: {
    packages: ["python3", "python3-pytest", "python3-requests"],
    commands: ["python3"],
    probe: ["-c", "import pytest, requests"],
  },
  Python: {
    packages: ["python3"],
    commands: ["python3"],
    probe: ["-c", "import http.client, ssl"],
  },
  "Python's requests": {
    packages: ["python3", "python3-requests"],
    commands: ["python3"],
    probe: ["-c", "import requests"],
  },
  Redis: { packages: ["redis-server"], commands: ["redis-server"], probe: ["--version"] },
  Ruby: { packages: ["ruby"], commands: ["ruby"], probe: ["-rnet/http", "-rjson", "-e", ""] },
  wget: { packages: ["wget"], commands: ["wget"], probe: ["--version"] },
  xmllint: { packages: ["libxml2-utils"], commands: ["xmllint"], probe: ["--version"] },
};

/** A library that Node 26 needs. */
export const LIBRARIES = ["libatomic1"];

const found = new Map();

/** The path of a program that meets the needs. Undefined if there is none. */
export function find(name) {
  if (!found.has(name)) found.set(name, search(PROGRAMS[name]));
  return found.get(name);
}

function search({ commands, probe }) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const paths = commands.flatMap((command) =>
    isAbsolute(command) ? [command] : folders.map((folder) => join(folder, command)),
  );
  return paths.find((path) => isProgram(path) && spawnSync(path, probe).status === 0);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
