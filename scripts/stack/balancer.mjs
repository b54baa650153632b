/** A small HTTP load balancer for the replicas of a frontend, as an ingress would be. */
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';

/**
 * @typedef {object} Target a replica
 * @property {number} port
 * @property {'ready' | 'late' | 'away'} state what its probe said last
 */

const probeInterval = 250;
const probeLimit = 1_000;
/** The frontends answer sooner, whatever happens behind them. */
const answerLimit = 45_000;
const keepAliveTimeout = 75_000;
/** An answer is held back until it is whole, or so many octets are there: till then a dead replica costs no more than a 503. */
const heldBack = 256 * 1024;

/** Said for one connection only (RFC 9110 7.6.1). */
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'proxy-connection',
  'te',
  'upgrade',
  'expect',
]);

/** @param {{ host: string, port: number, ports: () => readonly number[] }} options `ports`: where replicas listen now */
export async function startBalancer({ host, port, ports }) {
  /** @type {Map<number, Target>} */
  const targets = new Map();
  const agent = new Agent({ keepAlive: true, maxSockets: 1_024, timeout: keepAliveTimeout - 5_000 });
  let next = 0;
  /** @type {WeakMap<import('node:net').Socket, Promise<void>>} */
  const last = new WeakMap();

  const probe = async () => {
    for (const known of targets.keys()) if (!ports().includes(known)) targets.delete(known);
    await Promise.all(ports().map(async (one) => targets.set(one, { port: one, state: await stateOf(one) })));
  };
  const choose = (/** @type {ReadonlySet<number>} */ tried) => {
    const left = [...targets.values()].filter(({ port: one, state }) => state !== 'away' && !tried.has(one));
    const ready = left.filter(({ state }) => state === 'ready');
    // A machine that is busy makes all of them late, and none of them is away.
    const chosen = ready.length > 0 ? ready : left;
    next += 1;
    return chosen[next % chosen.length];
  };
  await probe();
  const timer = setInterval(() => void probe(), probeInterval);
  const server = createServer(
    { keepAliveTimeout, requestTimeout: 900_000, maxHeaderSize: 64 * 1024 },
    (message, reply) => {
      // One after the other, where several were sent down one connection without waiting (RFC 9112 9.3.2).
      const before = last.get(message.socket) ?? Promise.resolve();
      last.set(
        message.socket,
        before.then(() => forward(message, reply, { choose, agent })),
      );
    },
  );
  server.listen(port, host);
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    /** Fulfilled when so many replicas are ready. */
    async ready(/** @type {number} */ count) {
      while ([...targets.values()].filter(({ state }) => state === 'ready').length < count) {
        await new Promise((resolve) => setTimeout(resolve, probeInterval));
      }
    },
    async close() {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

/**
 * @typedef {object} Way
 * @property {(tried: ReadonlySet<number>) => Target | undefined} choose
 * @property {Agent} agent
 */

/** A body of at most so many octets that it announces is taken in first, so that it can be sent twice. */
const repeatable = 1024 * 1024;

/** These change nothing: they may be repeated even when a replica may have read them. */
const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'REPORT', 'SEARCH']);

/** Sends a request on; one that no replica has read goes to another one. */
async function forward(
  /** @type {import('node:http').IncomingMessage} */ message,
  /** @type {import('node:http').ServerResponse} */ reply,
  /** @type {Way} */ { choose, agent },
) {
  const begun = await beginningOf(message).catch(() => null);
  if (begun === null) return;
  /** @type {Set<number>} */
  const tried = new Set();
  for (;;) {
    const target = choose(tried);
    if (target === undefined) return refuse(reply, 503, 'no replica is ready');
    tried.add(target.port);
    const said = await attempt({ message, reply, begun }, { port: target.port, agent });
    if (said === 'done') return;
    // The replica has ended the connection while the body was still coming: so does its stand-in.
    if (!begun.whole) return void reply.destroy();
    if (said !== 'unread') {
      return refuse(reply, said === 'slow' ? 504 : 502, 'the replica ended before it answered');
    }
    target.state = 'away';
  }
}

/** @returns {Promise<{ pieces: Buffer[], whole: boolean }>} */
async function beginningOf(/** @type {import('node:http').IncomingMessage} */ message) {
  const { 'content-length': announced, 'transfer-encoding': encoding } = message.headers;
  if (encoding !== undefined || Number(announced ?? 0) > repeatable) return { pieces: [], whole: false };
  return { pieces: await message.toArray(), whole: true };
}

/**
 * @typedef {object} Exchange
 * @property {import('node:http').IncomingMessage} message
 * @property {import('node:http').ServerResponse} reply
 * @property {{ pieces: Buffer[], whole: boolean }} begun
 */

/** @returns {Promise<'done' | 'unread' | 'broken' | 'slow'>} */
function attempt(
  /** @type {Exchange} */ { message, reply, begun },
  /** @type {{ port: number, agent: Agent }} */ { port, agent },
) {
  return new Promise((resolve) => {
    const { method = '', url: path } = message;
    const headers = passedOn(message.rawHeaders);
    headers.push('X-Forwarded-For', message.socket.remoteAddress ?? '');
    if (message.headers['transfer-encoding'] !== undefined) headers.push('Transfer-Encoding', 'chunked');
    const sent = request({
      agent,
      host: '127.0.0.1',
      port,
      method,
      path,
      headers,
      setHost: false,
      timeout: answerLimit,
    });
    let connected = false;
    sent.once('socket', (socket) => {
      connected = !socket.connecting;
      if (!connected) socket.once('connect', () => (connected = true));
    });
    sent.on('timeout', () => sent.destroy(Object.assign(new Error('slow'), { code: 'ETIMEDOUT' })));
    sent.on('error', (error) => {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code === 'ETIMEDOUT') resolve('slow');
      else resolve(!connected || safe.has(method) ? 'unread' : 'broken');
    });
    sent.on('response', (answer) => {
      // An answer that comes before the body was taken ends the sending of it; the answer is what counts.
      sent.removeAllListeners('error').on('error', () => {});
      void passBack(answer, reply, message).then(resolve);
    });
    reply.once('close', () => {
      if (!reply.writableFinished) sent.destroy();
    });
    for (const piece of begun.pieces) sent.write(piece);
    if (begun.whole) sent.end();
    else message.pipe(sent);
  });
}

/** @returns {Promise<void>} fulfilled when more can be written, or the client has gone */
const drained = (/** @type {import('node:http').ServerResponse} */ reply) =>
  new Promise((resolve) => {
    const done = () => {
      reply.off('drain', done).off('close', done);
      resolve();
    };
    reply.on('drain', done).on('close', done);
  });

/** @returns {Promise<'done' | 'broken'>} */
async function passBack(
  /** @type {import('node:http').IncomingMessage} */ answer,
  /** @type {import('node:http').ServerResponse} */ reply,
  /** @type {import('node:http').IncomingMessage} */ message,
) {
  /** @type {Buffer[]} */
  const held = [];
  let size = 0;
  // Events are told as they come.
  const most = answer.headers['content-type'] === 'text/event-stream' ? 0 : heldBack;
  const begin = () => {
    // Whoever is answered before the whole body was read must not take the rest of it for the next request's beginning.
    const last = message.complete ? [] : ['Connection', 'close'];
    reply.writeHead(answer.statusCode ?? 502, answer.statusMessage, [...passedOn(answer.rawHeaders), ...last]);
    for (const piece of held.splice(0)) reply.write(piece);
  };
  try {
    for await (const piece of answer) {
      size += piece.length;
      if (size <= most) held.push(piece);
      else {
        if (!reply.headersSent) begin();
        if (!reply.write(piece)) await drained(reply);
      }
    }
  } catch {
    if (!reply.headersSent) return 'broken';
    reply.destroy();
    return 'done';
  }
  if (!reply.headersSent) begin();
  reply.end();
  return 'done';
}

function refuse(
  /** @type {import('node:http').ServerResponse} */ reply,
  /** @type {number} */ status,
  /** @type {string} */ reason,
) {
  if (reply.destroyed) return;
  reply.writeHead(status, { 'Retry-After': '1', 'Content-Type': 'text/plain' }).end(`${reason}; repeat the request\n`);
}

/** @returns {string[]} */
function passedOn(/** @type {readonly string[]} */ raw) {
  const kept = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (!ofConnection.has(name.toLowerCase())) kept.push(name, raw[index + 1] ?? '');
  }
  return kept;
}

/** @returns {Promise<Target['state']>} */
const stateOf = (/** @type {number} */ port) =>
  new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path: '/health/readable', timeout: probeLimit }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200 ? 'ready' : 'away');
    });
    sent.on('timeout', () => {
      resolve('late');
      sent.destroy();
    });
    sent.on('error', () => resolve('away'));
    sent.end();
  });
