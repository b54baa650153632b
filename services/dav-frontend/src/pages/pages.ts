import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DavResponse } from '../http/dav-request.js';
import { pageHeaders } from './page-headers.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

const compressed = promisify(gzip);

interface File {
  readonly type: string;
  readonly plain: Uint8Array;
  readonly zipped: Uint8Array;
}

/** The files of the web interface (O7). Everything else on the same port is DAV, and so is `/` for whoever is no browser. */
export class Pages {
  readonly #folder: string;
  readonly #files = new Map<string, Promise<File | null>>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Null where the pages have not been built. */
  static in(folder: string | null): Pages | null {
    return folder !== null && existsSync(join(folder, 'index.html')) ? new Pages(folder) : null;
  }

  /** Null for a request that is none for a page. */
  async respond(message: IncomingMessage): Promise<DavResponse | null> {
    const name = fileNameOf(message);
    const file = name === null ? null : await this.#file(name);
    if (name === null || file === null) return null;
    const isZipped = /\bgzip\b/.test(String(message.headers['accept-encoding'] ?? ''));
    const encoding: Record<string, string> = isZipped ? { 'Content-Encoding': 'gzip' } : {};
    const headers = { ...pageHeaders(name), ...encoding, 'Content-Type': file.type };
    return { status: 200, headers, body: isZipped ? file.zipped : file.plain };
  }

  #file(name: string): Promise<File | null> {
    const file = this.#files.get(name) ?? read(join(this.#folder, name));
    // Names of what is not there are anybody's invention, and are not remembered.
    void file.then((found) => found !== null && this.#files.set(name, file));
    return file;
  }
}

/** The names of assets hold a hash of their content, and no folder. */
const asset = /^\/(assets\/[\w-]+(?:\.[\w-]+)+|icon\.svg|app\.webmanifest)$/;

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

/** Whether a person comes, by a browser. */
export const asksForPage = (message: IncomingMessage): boolean =>
  isRead(message) && pathOf(message) === '/' && /\btext\/html\b/i.test(message.headers.accept ?? '');

function fileNameOf(message: IncomingMessage): string | null {
  if (asksForPage(message)) return 'index.html';
  return isRead(message) ? (asset.exec(pathOf(message))?.[1] ?? null) : null;
}

async function read(path: string): Promise<File | null> {
  try {
    const plain = await readFile(path);
    const type = types[extname(path)] ?? 'application/octet-stream';
    return { type, plain, zipped: await compressed(plain, { level: 9 }) };
  } catch {
    return null;
  }
}
