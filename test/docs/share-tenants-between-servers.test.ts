import { describe, expect, it, onTestFinished } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { createClient } from "../../src/client.ts";
import { envOf } from "../../src/settings/names.ts";
import { SETTINGS } from "../../src/settings/table.ts";
import { balance } from "../support/balancer.ts";
import { startServer } from "../support/process.ts";
import { redisServer, startRedis } from "../support/redis.ts";
import { read } from "../support/repository.ts";

type Env = Readonly<Record<string, string>>;

/** What a recipe says of its servers and its Redis. */
interface Recipe {
  readonly replicas: number;
  readonly env: Env;
  /** The arguments of redis-server. */
  readonly redis: readonly string[];
  /** Host and port that lead to Redis. */
  readonly store: string;
}

const [compose = "", kubernetes = ""] = [
  ...read("docs/how-to/share-tenants-between-servers.md").matchAll(/```yaml\n([\s\S]*?)```/g),
].map(([, block]) => block);

const RECIPES = {
  "docker compose": (): Recipe => {
    const { redis, fauxdr } = parse(compose).services;
    const words = [...redis.command.matchAll(/"([^"]*)"|\S+/g)].map(
      ([all, quoted]) => quoted ?? all,
    );
    expect(words[0]).toBe("redis-server");
    return {
      replicas: fauxdr.deploy.replicas,
      env: fauxdr.environment,
      redis: words.slice(1),
      store: "redis:6379",
    };
  },
  Kubernetes: (): Recipe => {
    const all = parseAllDocuments(kubernetes).map((one) => one.toJS());
    const named = (kind: string, name: string) =>
      all.find((one) => one.kind === kind && one.metadata.name === name);
    const containerOf = (name: string) =>
      named("Deployment", name).spec.template.spec.containers[0];
    const { env } = containerOf("fauxdr");
    for (const name of ["redis", "fauxdr"]) {
      const { labels } = named("Deployment", name).spec.template.metadata;
      expect(named("Service", name).spec.selector).toEqual(labels);
      expect(named("Deployment", name).spec.selector.matchLabels).toEqual(labels);
    }
    return {
      replicas: named("Deployment", "fauxdr").spec.replicas,
      env: Object.fromEntries(env.map(({ name, value }: Env) => [name, value])),
      redis: containerOf("redis").args,
      store: `redis:${named("Service", "redis").spec.ports[0].port}`,
    };
  },
};

describe.each(Object.entries(RECIPES))("the recipe for %s", (_, recipe) => {
  const { replicas, env, redis, store } = recipe();

  it("sets only variables of the product", () => {
    const known = Object.keys(SETTINGS).map(envOf);
    expect(Object.keys(env).filter((variable) => !known.includes(variable))).toEqual([]);
  });

  it.skipIf(redisServer.skip)(
    `makes servers that answer as one behind a balancer${redisServer.note}`,
    async () => {
      const { url, look } = await startRedis();
      expect(redis).toEqual([
        "--save",
        "",
        "--appendonly",
        "no",
        "--maxmemory-policy",
        "noeviction",
      ]);
      const given = {
        ...env,
        FAUXDR_STORE: env["FAUXDR_STORE"]?.replace(store, new URL(url).host),
      };
      const start = () => startServer(["--port", "0"], given as Env);
      const servers = await Promise.all(Array.from({ length: replicas }, start));
      for (const server of servers) onTestFinished(() => server[Symbol.asyncDispose]());
      const shared = await balance(servers.map((server) => server.url));
      await createClient({ url: shared }).createTenant({ name: "suite" });
      for (const server of servers) {
        const control = createClient({ url: server.url });
        expect(await control.getTenant("suite")).toMatchObject({ name: "suite" });
      }
      expect(await look.exists("fauxdr:{suite}:values")).toBe(1);
    },
  );
});
