import { request } from 'node:http';
import { basic } from './dav-client.js';

const piece = 256 * 1024;

/** Octets that differ from one upload to the next, so that none is stored in place of another. */
function pieceOf(seed: number, index: number): Buffer {
  const octets = Buffer.alloc(piece, `${seed} ${index} `);
  octets.writeUInt32BE(seed, 0);
  octets.writeUInt32BE(index, 4);
  return octets;
}

/** POSTs or PUTs so many pieces without ever holding them. */
export async function uploadPieces(
  url: URL,
  { method, headers, count, seed }: { method: string; headers: Record<string, string>; count: number; seed: number },
): Promise<number> {
  const sent = request(url, {
    method,
    headers: { authorization: basic('user01', 'user01'), 'content-length': String(count * piece), ...headers },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
  });
  for (let index = 0; index < count; index += 1) {
    if (!sent.write(pieceOf(seed, index))) await new Promise((resolve) => sent.once('drain', resolve));
  }
  sent.end();
  return answered;
}

/** GETs, counts the octets, and holds none of them. */
export function downloadSize(url: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { authorization: basic('user01', 'user01') } }, (answer) => {
      let size = 0;
      answer.on('data', (octets: Buffer) => (size += octets.length));
      answer.on('end', () => resolve(size));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}
