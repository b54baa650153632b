import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

/** Speaks clamd's INSTREAM on loopback, and finds a virus in what holds the word EICAR. */
export async function startFakeClamd(): Promise<{ port: number; server: Server }> {
  const server = createServer((connection) => {
    let held: Buffer = Buffer.of();
    let content = '';
    connection.on('error', () => {});
    connection.on('data', (piece: Buffer) => {
      held = Buffer.concat([held, piece]);
      if (held.subarray(0, 10).toString() === 'zINSTREAM\0') held = held.subarray(10);
      while (held.length >= 4 && held.length >= 4 + held.readUInt32BE()) {
        const length = held.readUInt32BE();
        content += held.subarray(4, 4 + length).toString('latin1');
        held = held.subarray(4 + length);
        if (length === 0)
          connection.end(content.includes('EICAR') ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}
