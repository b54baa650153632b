import { describe, expect, inject, it } from 'vitest';
import { testedService } from '../protocol/tested-service.js';
import { event } from '../support/calendar-data.js';
import type { CollectedSpan } from '../support/stack/collector.js';

const stack = inject('stack');

const traceId = (): string => crypto.randomUUID().replaceAll('-', '');
const carried = (trace: string) => ({ traceparent: `00-${trace}-b7ad6b7169203331-01` });

/** The spans of a trace, once those are among them that are waited for. */
async function spansOf(trace: string, ...awaited: readonly string[]): Promise<readonly CollectedSpan[]> {
  for (;;) {
    const all = (await (await fetch(`${stack?.collector}/spans`)).json()) as CollectedSpan[];
    const own = all.filter((span) => span.traceId === trace);
    if (awaited.every((name) => own.some((span) => span.name === name))) return own;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe.skipIf(stack === undefined)('O4: traces', () => {
  it('one trace leads from the PUT over Kafka to the decision, the log, the read models and the reply', async () => {
    const { dav, calendar } = await testedService();
    const trace = traceId();
    const answer = await dav('PUT', `${calendar}a.ics`, { headers: carried(trace), body: event('a') });
    expect(answer.status).toBe(201);
    const spans = await spansOf(trace, 'reply', 'dav-request');
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const way = (span: CollectedSpan | undefined): string[] =>
      span === undefined ? [] : [...way(byId.get(span.parentSpanId)), `${span.service}: ${span.name}`];
    const handled = [
      'almanac-dav-frontend: dav-request',
      'almanac-dav-frontend: execute-command',
      'almanac-calendar: handle-commands',
    ];
    for (const step of ['decide', 'append', 'project', 'reply']) {
      expect(way(spans.find(({ name }) => name === step))).toEqual([...handled, `almanac-calendar: ${step}`]);
    }
  });

  it('consumers of the event are linked to it, and what they do in turn is in the trace', async () => {
    const { dav, calendar } = await testedService();
    await dav('PUT', `${calendar}a.ics`, { body: event('a') });
    const trace = traceId();
    const headers = { ...carried(trace), destination: `${calendar}b.ics` };
    expect((await dav('MOVE', `${calendar}a.ics`, { headers })).status).toBe(201);
    const spans = await spansOf(trace, 'react');
    const react = spans.find(({ name }) => name === 'react');
    expect(react?.links).toContain(react?.parentSpanId);
  });

  it('nothing is recorded of a request that does not ask for it while the share is 0', async () => {
    const { dav, calendar } = await testedService();
    const [asked, other] = [traceId(), traceId()];
    const notRecorded = { traceparent: `00-${other}-b7ad6b7169203331-00` };
    await dav('PUT', `${calendar}a.ics`, { headers: notRecorded, body: event('a') });
    await dav('PUT', `${calendar}b.ics`, { headers: carried(asked), body: event('b') });
    await spansOf(asked, 'reply');
    expect(await spansOf(other)).toEqual([]);
  });
});
