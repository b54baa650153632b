/** Sends requests, so many at a time, and takes the time and the server's CPU. */
import { Pool } from 'undici';

/** @typedef {{ method: string, path: string, body?: string, headers?: Record<string, string> }} Request */
/** @typedef {{ name: string, perSecond: number, cpuPerOperation: number }} Measured */

const authorization = `Basic ${Buffer.from('user01:user01').toString('base64')}`;

export function client(/** @type {string} */ url) {
  const pool = new Pool(url, { connections: 128 });
  /** @returns {Promise<string>} the body of a good answer */
  const send = async (/** @type {Request} */ { method, path, body, headers = {} }) => {
    const options = { method: /** @type {any} */ (method), path, headers: { authorization, ...headers } };
    const answer = await pool.request(body === undefined ? options : { ...options, body });
    const text = await answer.body.text();
    if (answer.statusCode < 400) return text;
    throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  };
  return { send, close: () => void pool.close() };
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
