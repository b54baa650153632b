import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';
import { runServer, type Server } from './run-server.js';

/** A server of the MongoDB protocol on a free port and in a folder of its own. */
export async function startSecantusDb(program: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-secantusdb-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const [port = 0] = await freePorts(1);
  const flags = ['--host', '127.0.0.1', '--port', String(port), '--storage-path', folder, '--cache-size', '256M'];
  try {
    const server = await runServer([program, ...flags, '--sync-on-commit'], () => answers(port));
    return { url: `mongodb://127.0.0.1:${port}/?directConnection=true`, end: () => server.end().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
