import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { InfectedContent, Unavailable } from '@almanac/ports';
import { afterEach, describe, expect, it } from 'vitest';
import { ClamavScanner } from './clamav-scanner.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Judge = (content: Buffer) => string | null;

/** Speaks clamd's INSTREAM. @param judge its answer; null: it ends the connection without one */
async function fakeClamd(judge: Judge, limit = Number.POSITIVE_INFINITY): Promise<number> {
  const server = createServer((connection) => {
    let held: Buffer = Buffer.of();
    let content: Buffer = Buffer.of();
    connection.on('error', () => {});
    connection.on('data', (piece: Buffer) => {
      held = Buffer.concat([held, piece]);
      const command = 'zINSTREAM\0';
      if (held.subarray(0, command.length).toString() === command) held = held.subarray(command.length);
      while (held.length >= 4 && held.length >= 4 + held.readUInt32BE()) {
        const length = held.readUInt32BE();
        content = Buffer.concat([content, held.subarray(4, 4 + length)]);
        held = held.subarray(4 + length);
        if (content.length > limit) return connection.end('INSTREAM size limit exceeded. ERROR\0');
        if (length > 0) continue;
        const answer = judge(content);
        return answer === null ? connection.destroy() : connection.end(`${answer}\0`);
      }
      return undefined;
    });
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function* pieces(...all: string[]): AsyncGenerator<Uint8Array> {
  for (const piece of all) yield Buffer.from(piece);
}

async function scan(port: number, content: AsyncIterable<Uint8Array>, acceptUnscanned = false): Promise<string> {
  const seen: Uint8Array[] = [];
  const scanner = new ClamavScanner({ host: '127.0.0.1', port, acceptUnscanned });
  for await (const piece of scanner.scanned(content)) seen.push(piece);
  return Buffer.concat(seen).toString();
}

describe('ClamavScanner', () => {
  const judge: Judge = (content) => (content.includes('EICAR') ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK');

  it('passes on what is clean, all of it', async () => {
    const port = await fakeClamd(judge);
    expect(await scan(port, pieces('one, ', '', 'two'))).toBe('one, two');
    expect(await scan(port, pieces())).toBe('');
  });

  it('ends with the finding, even where it lies across pieces', async () => {
    const refused = scan(await fakeClamd(judge), pieces('xxEIC', 'ARxx'));
    await expect(refused).rejects.toThrow(InfectedContent);
    await expect(refused).rejects.toMatchObject({ signature: 'Eicar-Test-Signature' });
  });

  it('is slowed down by the scanner and loses nothing', async () => {
    const piece = 'x'.repeat(1_000_000);
    const sizes: number[] = [];
    const port = await fakeClamd((content) => {
      sizes.push(content.length);
      return 'stream: OK';
    });
    expect((await scan(port, pieces(...Array.from({ length: 20 }, () => piece)))).length).toBe(20_000_000);
    expect(sizes).toEqual([20_000_000]);
  });

  it.each([
    ['it is away', async () => 1],
    ['it ends without a word', () => fakeClamd(() => null)],
    ['it says something else', () => fakeClamd(() => 'stream: is broken ERROR')],
    ['the content is too large for it', () => fakeClamd(judge, 10)],
  ])('where it cannot tell, nothing is taken, unless that was asked for: %s', async (_what, start) => {
    const port = await start();
    const content = () => pieces('x'.repeat(100_000), 'y'.repeat(100_000));
    await expect(scan(port, content())).rejects.toThrow(Unavailable);
    expect(await scan(port, content(), true)).toHaveLength(200_000);
  });

  it('a source that breaks off ends the session', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('x');
      throw new Error('the client is gone');
    }
    await expect(scan(await fakeClamd(judge), broken())).rejects.toThrow('the client is gone');
  });
});
