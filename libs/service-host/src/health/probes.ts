/** Fulfilled when what it looks at is well, with what an SRE may want to know; else it throws the reason. */
export type Probe = () => Promise<Readonly<Record<string, unknown>> | void>;

/** What readiness consists of, by name. Liveness asks nobody: whoever answers is alive. */
export type Probes = Readonly<Record<string, Probe>>;

/** Those of them without which not even reads can be served; the others are needed for writes. */
export interface Health {
  readonly probes: Probes;
  readonly neededToRead: readonly string[];
}

export const HEALTH = Symbol('Health');
