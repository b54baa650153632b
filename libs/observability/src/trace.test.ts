import { context, type Span, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { annotate, serverSpan, span } from './trace.js';

interface Recorded {
  readonly name: string;
  readonly attributes: Record<string, unknown>;
  ended: boolean;
  failed: boolean;
}

const recorded: Recorded[] = [];

/** As much of an SDK as the library's own code needs: it writes down what happens to spans. */
function recordingSpan(name: string, attributes: Record<string, unknown>): Span {
  const entry: Recorded = { name, attributes: { ...attributes }, ended: false, failed: false };
  recorded.push(entry);
  return {
    end: () => {
      entry.ended = true;
    },
    setStatus: ({ code }: { code: SpanStatusCode }) => {
      entry.failed = code === SpanStatusCode.ERROR;
    },
  } as unknown as Span;
}

const tracer = {
  startActiveSpan: (name: string, options: { attributes: Record<string, unknown> }, ...rest: unknown[]) =>
    (rest.at(-1) as (active: Span) => unknown)(recordingSpan(name, options.attributes)),
} as unknown as Tracer;
trace.setGlobalTracerProvider({ getTracer: () => tracer });
afterAll(() => trace.disable());
beforeEach(() => {
  recorded.length = 0;
});

it('a span ends with its work, which is given back', async () => {
  expect(span('decide', { commands: 2 }, () => 5)).toBe(5);
  expect(await span('append', {}, async () => 6)).toBe(6);
  expect(recorded).toEqual([
    { name: 'decide', attributes: { commands: 2 }, ended: true, failed: false },
    { name: 'append', attributes: {}, ended: true, failed: false },
  ]);
});

it('a failure is recorded and thrown on, whether it comes at once or later', async () => {
  const failing = () => {
    throw new Error('no');
  };
  expect(() => span('decide', {}, failing)).toThrow('no');
  await expect(span('append', {}, async () => failing())).rejects.toThrow('no');
  expect(recorded.map(({ ended, failed }) => [ended, failed])).toEqual([
    [true, true],
    [true, true],
  ]);
});

it('a span of another process goes on under its trace', () => {
  const carrier = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', attributes: { a: 1 } };
  expect(serverSpan('dav-request', carrier, () => 'done')).toBe('done');
  expect(recorded).toMatchObject([{ name: 'dav-request', attributes: { a: 1 }, ended: true }]);
});

it('nothing needs a span to be there', () => {
  expect(() => context.with(context.active(), () => annotate({ a: 1 }))).not.toThrow();
});
