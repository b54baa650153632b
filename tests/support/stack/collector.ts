import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CollectedSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly links: readonly string[];
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}
interface Exported {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly ExportedSpan[] }[];
  }[];
}
interface ExportedSpan extends Omit<CollectedSpan, 'service' | 'links'> {
  readonly links?: readonly { readonly spanId: string }[];
}

/** An OTLP collector on loopback (JSON over HTTP); what it has is told under `/spans`. */
export async function startCollector() {
  const spans: CollectedSpan[] = [];
  const server = createServer((message, reply) => {
    void message.toArray().then((pieces: Buffer[]) => {
      if (message.method === 'POST') spans.push(...spansOf(JSON.parse(Buffer.concat(pieces).toString()) as Exported));
      reply.setHeader('Content-Type', 'application/json').end(message.url === '/spans' ? JSON.stringify(spans) : '{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.closeAllConnections() ?? server.close() };
}

function spansOf({ resourceSpans }: Exported): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
    return scopeSpans.flatMap((scope) =>
      scope.spans.map(({ name, traceId, spanId, parentSpanId, links = [] }) => {
        return { service, name, traceId, spanId, parentSpanId, links: links.map((link) => link.spanId) };
      }),
    );
  });
}
