import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/** What the provider says of whoever comes next. */
export interface Answer {
  /** Of the ID token, over what it has anyway. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Of the userinfo endpoint. */
  readonly userinfo?: Readonly<Record<string, unknown>>;
  /** By a key that is not the provider's. */
  readonly forged?: boolean;
  /** In place of a code. */
  readonly error?: string;
}

export interface OidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string;
  answer: Answer;
  /** How often a code was changed into tokens. */
  readonly exchanged: () => number;
}

interface Granted {
  readonly asked: URLSearchParams;
  readonly answer: Answer;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function jwt(claims: object, key: KeyObject): string {
  const text = `${base64url({ alg: 'RS256', kid: 'one' })}.${base64url(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

async function bodyOf(message: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const piece of message) text += String(piece);
  return new URLSearchParams(text);
}

function send(reply: ServerResponse, status: number, value: unknown): void {
  reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** A provider of OpenID Connect on a loopback port, where everybody is signed in at once. It ends with the suite. */
export async function oidcProvider(): Promise<OidcProvider> {
  const [own, foreign] = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const codes = new Map<string, Granted>();
  const tokens = new Map<string, Granted>();
  let exchanged = 0;
  const server = createServer((message, reply) => void handle(message, reply));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => server.close());
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: OidcProvider = {
    ...{ issuer, clientId: 'almanac', secret: 'se cret/+', answer: {}, exchanged: () => exchanged },
  };
  return provider;

  async function handle(message: IncomingMessage, reply: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '', issuer);
    const answers: Readonly<Record<string, () => void | Promise<void>>> = {
      '/.well-known/openid-configuration': () =>
        send(reply, 200, {
          ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
          ...{ jwks_uri: `${issuer}/jwks`, userinfo_endpoint: `${issuer}/userinfo` },
          ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
          ...{ id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'] },
        }),
      '/jwks': () =>
        send(reply, 200, {
          keys: [{ ...own?.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
        }),
      '/authorize': () => authorize(url.searchParams, reply),
      '/token': () => exchange(message, reply),
      '/userinfo': () => {
        const granted = tokens.get(message.headers.authorization?.replace(/^Bearer /, '') ?? '');
        send(reply, granted === undefined ? 401 : 200, { sub: 'sub-1', ...granted?.answer.userinfo });
      },
    };
    await (answers[url.pathname] ?? (() => send(reply, 404, {})))();
  }

  function authorize(asked: URLSearchParams, reply: ServerResponse): void {
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.searchParams.set('state', asked.get('state') ?? '');
    if (provider.answer.error === undefined) {
      const code = randomUUID();
      codes.set(code, { asked, answer: provider.answer });
      back.searchParams.set('code', code);
    } else back.searchParams.set('error', provider.answer.error);
    reply.writeHead(302, { location: back.href }).end();
  }

  async function exchange(message: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body = await bodyOf(message);
    const credentials = `${encodeURIComponent(provider.clientId)}:${encodeURIComponent(provider.secret).replaceAll('%20', '+')}`;
    const granted = codes.get(body.get('code') ?? '');
    // RFC 6749 4.1.2: a code is good once.
    codes.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const isAllowed =
      message.headers.authorization === `Basic ${Buffer.from(credentials).toString('base64')}` &&
      granted?.asked.get('code_challenge') === challenge &&
      granted.asked.get('redirect_uri') === body.get('redirect_uri');
    if (granted === undefined || !isAllowed) return send(reply, 400, { error: 'invalid_grant' });
    exchanged += 1;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{
        iss: issuer,
        sub: 'sub-1',
        aud: provider.clientId,
        iat: now,
        exp: now + 60,
        nonce: granted.asked.get('nonce'),
      },
      ...granted.answer.claims,
    };
    const token = randomUUID();
    tokens.set(token, granted);
    const key = (granted.answer.forged === true ? foreign : own)?.privateKey as KeyObject;
    send(reply, 200, { access_token: token, token_type: 'Bearer', id_token: jwt(claims, key) });
  }
}
