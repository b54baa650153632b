import {
  type Attributes,
  type Context,
  context,
  type Link,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const tracer = trace.getTracer('almanac');

/** The steps of a request's walk, in their order (ARCHITECTURE.md). */
export type SpanName =
  | 'dav-request'
  | 'authenticate'
  | 'execute-command'
  | 'handle-commands'
  | 'handle-command'
  | 'decide'
  | 'append'
  | 'project'
  | 'reply'
  | 'react';

/** Runs `work` inside a span; a failure is recorded on it and thrown on. Costs next to nothing without an SDK. */
export function span<Result>(name: SpanName, attributes: Attributes, work: () => Result): Result {
  return tracer.startActiveSpan(name, { attributes }, (active) => settle(active, work));
}

/** Like `span`, for the outermost span of a request that another process sent. */
export function serverSpan<Result>(
  name: SpanName,
  carrier: { readonly traceparent?: string | undefined; readonly attributes: Attributes },
  work: () => Result,
): Result {
  const parent = carrier.traceparent === undefined ? context.active() : extract(carrier.traceparent);
  return tracer.startActiveSpan(name, { kind: SpanKind.SERVER, attributes: carrier.attributes }, parent, (active) =>
    settle(active, work),
  );
}

/**
 * A span for work on messages that came with trace contexts of their own. It goes on under the first one's trace, with links
 * to all; in each of the other traces a span of its own links to it, so that whoever follows one finds the work.
 */
export function batchSpan<Result>(
  names: { readonly batch: SpanName; readonly each: SpanName },
  { traceparents, attributes }: { readonly traceparents: readonly string[]; readonly attributes: Attributes },
  work: () => Promise<Result>,
): Promise<Result> {
  const contexts = [...new Set(traceparents)].map(extract);
  const [first = context.active(), ...others] = contexts;
  const options = { kind: SpanKind.CONSUMER, attributes, links: contexts.flatMap(linkTo) };
  return tracer.startActiveSpan(names.batch, options, first, (active) => {
    const back = { kind: SpanKind.CONSUMER, links: [{ context: active.spanContext() }] };
    const siblings = others.map((other) => tracer.startSpan(names.each, back, other));
    return settle(active, work).finally(() => {
      for (const sibling of siblings) sibling.end();
    });
  });
}

function linkTo(of: Context): Link[] {
  const linked = trace.getSpanContext(of);
  return linked === undefined ? [] : [{ context: linked }];
}

function settle<Result>(active: Span, work: () => Result): Result {
  try {
    const result = work();
    if (!(result instanceof Promise)) {
      active.end();
      return result;
    }
    return result.then(
      (value) => {
        active.end();
        return value;
      },
      (error: unknown) => fail(active, error),
    ) as Result;
  } catch (error) {
    return fail(active, error);
  }
}

function fail(active: Span, error: unknown): never {
  active.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
  active.end();
  throw error;
}

const extract = (traceparent: string) => propagation.extract(context.active(), { traceparent });

/** The W3C trace context of the active span; undefined when nothing records. */
export function currentTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** The id under which the active trace is found; undefined when nothing records. */
export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}

/** Attributes for the active span, known only once the work is under way. */
export function annotate(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}
