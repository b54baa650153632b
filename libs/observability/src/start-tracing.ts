export interface Tracing {
  /** Sends what has not been sent yet. */
  stop(): Promise<void>;
}

/**
 * Starts to send spans where the environment names a collector (OTEL_EXPORTER_OTLP_ENDPOINT), to be called before the first
 * span; null where it does not. The SDK is loaded only then: it costs memory and the time of a start.
 */
export async function startTracing(service: string, environment: NodeJS.ProcessEnv): Promise<Tracing | null> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = environment;
  if (!all && !traces) return null;
  const { traceToCollector } = await import('./otlp-tracing.js');
  return traceToCollector(service, environment);
}
