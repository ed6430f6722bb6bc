import type { Redis } from "ioredis";

export interface RunningNode {
  readonly port: number;
  readonly look: Redis;
}

export function startCluster(): Promise<{
  readonly url: string;
  readonly masters: readonly RunningNode[];
  failover(): Promise<void>;
  stop(): Promise<void>;
}>;

export function startSentinels(): Promise<{
  readonly url: string;
  readonly replica: RunningNode;
  failover(): Promise<void>;
  stop(): Promise<void>;
}>;
