/** Fulfilled when what it looks at is well, with what an SRE may want to know; else it throws the reason. */
export type Probe = () => Promise<Readonly<Record<string, unknown>> | void>;

/** What readiness consists of, by name. Liveness asks nobody: whoever answers is alive. */
export type Probes = Readonly<Record<string, Probe>>;

export const PROBES = Symbol('Probes');
