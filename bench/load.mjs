/** Sends requests, so many at a time, and takes the time and the server's CPU. */
import { Agent, request } from 'node:http';

/** @typedef {{ method: string, path: string, body?: string, headers?: Record<string, string> }} Request */
/** @typedef {{ name: string, perSecond: number, cpuPerOperation: number }} Measured */

const authorization = `Basic ${Buffer.from('user01:user01').toString('base64')}`;

export function client(/** @type {string} */ url) {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  /** @returns {Promise<string>} the body of a good answer */
  const send = (/** @type {Request} */ { method, path, body, headers = {} }) =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const options = { agent, hostname, port, method, path, headers: { authorization, ...length, ...headers } };
      const sent = request(options, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece) => {
          text += piece;
        });
        answer.on('end', () => {
          if ((answer.statusCode ?? 500) < 400) resolve(text);
          else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
}

/**
 * @param {{ name: string, clients: number, operations: number, request: (index: number) => Request }} plan
 * @param {{ send: (request: Request) => Promise<string>, cpu: () => number }} target
 * @returns {Promise<Measured>}
 */
export async function measure({ name, clients, operations, request: make }, { send, cpu }) {
  let next = 0;
  const work = async () => {
    while (next < operations) {
      const index = next;
      next += 1;
      await send(make(index));
    }
  };
  const [cpuBefore, before] = [cpu(), performance.now()];
  await Promise.all(Array.from({ length: clients }, work));
  const seconds = (performance.now() - before) / 1000;
  return { name, perSecond: operations / seconds, cpuPerOperation: (cpu() - cpuBefore) / operations };
}
