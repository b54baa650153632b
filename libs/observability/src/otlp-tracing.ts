import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Tracing } from './start-tracing.js';

/**
 * Sends spans to a collector by OTLP over HTTP. A request that comes with a trace context is recorded when that says so,
 * of the others a share of OTEL_TRACES_SAMPLER_ARG (default 1). To be called before the first span.
 */
export function traceToCollector(service: string, environment: NodeJS.ProcessEnv): Tracing {
  const share = Number(environment['OTEL_TRACES_SAMPLER_ARG'] ?? 1);
  const root = new TraceIdRatioBasedSampler(Number.isFinite(share) ? share : 1);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': `almanac-${service}`,
      'service.instance.id': String(process.pid),
    }),
    sampler: new ParentBasedSampler({ root }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return { stop: () => provider.shutdown() };
}
