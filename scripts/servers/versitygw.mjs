import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePorts } from './free-ports.mjs';
import { runServer } from './run-server.mjs';

/**
 * A server of the S3 API on loopback, over a folder. What S3 knows of an object besides its octets lies in a second
 * folder, since not every file system has extended attributes.
 * @param {string} program
 * @param {{ folder: string, port?: number, cert?: string, key?: string }} where what is in the folder is gone on with;
 *   with a certificate and its key it speaks TLS
 */
export async function startVersityGw(program, { folder, port: wanted, cert, key }) {
  const [data, sidecar] = [join(folder, 'data'), join(folder, 'metadata')];
  for (const path of [data, sidecar]) mkdirSync(path, { recursive: true });
  const port = wanted ?? (await freePorts(1))[0] ?? 0;
  const credentials = { accessKeyId: 'almanac', secretAccessKey: 'of-tests-only' };
  const flags = ['--quiet', '--keep-alive', '--port', `127.0.0.1:${port}`, '--region', 'test-1'];
  const tls = cert && key ? ['--cert', cert, '--key', key] : [];
  const env = {
    ...process.env,
    ROOT_ACCESS_KEY_ID: credentials.accessKeyId,
    ROOT_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const command = [program, ...flags, ...tls, 'posix', '--sidecar', sidecar, data];
  const server = await runServer(command, () => answers(port), { env });
  const url = `${cert ? 'https' : 'http'}://127.0.0.1:${port}`;
  return { ...server, url, port, region: 'test-1', credentials };
}

/** @returns {Promise<boolean>} */
const answers = (/** @type {number} */ port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
