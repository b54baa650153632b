import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { freePorts } from './free-ports.mjs';
import { runServer } from './run-server.mjs';

/**
 * It looks through all that it remembers of retryable writes at each write, and sorts it once that are 10,000: a third of its
 * time in a long run. Nobody repeats a write that so many others have come after.
 */
const remembered = 500;
const quicker = [
  'import sys, secantus.transactions as transactions',
  `transactions._RETRYABLE_RECORD_MAX = ${remembered}`,
  'from secantus.cli import main',
  'sys.exit(main())',
].join('\n');

/** The Python build is started by its own interpreter; the other one as it is. */
const commandOf = (/** @type {string} */ program) =>
  basename(program) === 'secantusd-py' ? [join(dirname(program), 'python'), '-c', quicker] : [program];

/**
 * A server of the MongoDB protocol on loopback.
 * @param {string} program
 * @param {{ folder: string, port?: number }} where what is in the folder is gone on with
 */
export async function startSecantusDb(program, { folder, port: wanted }) {
  mkdirSync(folder, { recursive: true });
  const port = wanted ?? (await freePorts(1))[0] ?? 0;
  // It takes what its data need. With a small cache it can stop for ever: who holds its one lock waits for room, and those
  // who wait for the lock hold snapshots that let none be made. Once it prunes its oplog, every write walks over what is gone.
  const room = ['--cache-size', '8G', '--oplog-max-entries', '100000000'];
  const flags = ['--host', '127.0.0.1', '--port', String(port), '--storage-path', folder, ...room];
  const server = await runServer([...commandOf(program), ...flags, '--sync-on-commit'], () => answers(port));
  return { ...server, url: mongoUrl(port), port };
}

export const mongoUrl = (/** @type {number} */ port) => `mongodb://127.0.0.1:${port}/?directConnection=true`;

/** @returns {Promise<boolean>} */
const answers = (/** @type {number} */ port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
