import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a signed link gives access to: one attachment. */
export interface LinkTarget {
  readonly tenant: string;
  readonly managedId: string;
}

/** The query parameters of a signed link. */
const names = { tenant: 'tenant', expires: 'expires', signature: 'signature' } as const;

const algorithm = 'aes-256-gcm';
const nonceOctets = 12;
const tagOctets = 16;

export const SIGNED_LINKS = Symbol('SignedLinks');

/**
 * Links to attachments that work without credentials until they expire (A1): for pages and the API, never for ATTACH. Who
 * has the key makes and verifies them, in whatever process.
 */
export class SignedLinks {
  readonly #key: () => Promise<Uint8Array>;

  /** @param key asked for when it is needed first */
  constructor(key: () => Promise<Uint8Array>) {
    let known: Promise<Uint8Array> | null = null;
    this.#key = () => {
      known ??= key().catch((error: unknown) => {
        known = null;
        throw error;
      });
      return known;
    };
  }

  /** The query of a link; it goes behind the attachment's own URL. @param expires milliseconds since 1970 */
  async sign(target: LinkTarget, expires: number): Promise<string> {
    const seconds = Math.floor(expires / 1000);
    const signature = await this.#signature(target, seconds);
    return new URLSearchParams({
      [names.tenant]: target.tenant,
      [names.expires]: String(seconds),
      [names.signature]: signature,
    }).toString();
  }

  /** What a link gives access to; null for one that is no signed link, was not signed here, or has expired. */
  async verify(managedId: string, query: URLSearchParams, now: number): Promise<LinkTarget | null> {
    const tenant = query.get(names.tenant);
    const seconds = Number(query.get(names.expires));
    const signature = query.get(names.signature);
    if (tenant === null || signature === null || !Number.isSafeInteger(seconds) || seconds * 1000 <= now) return null;
    const expected = Buffer.from(await this.#signature({ tenant, managedId }, seconds));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected) ? { tenant, managedId } : null;
  }

  /** A text that only who has the key can read or make, for one purpose. @param expires milliseconds since 1970 */
  async seal(purpose: string, text: string, expires: number): Promise<string> {
    const nonce = randomBytes(nonceOctets);
    const cipher = createCipheriv(algorithm, await this.#keyFor(purpose), nonce);
    const sealed = cipher.update(JSON.stringify([expires, text]));
    return Buffer.concat([nonce, sealed, cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** What was sealed; null for what was not sealed here for this purpose, or has expired. */
  async unseal(purpose: string, token: string, now: number): Promise<string | null> {
    const octets = Buffer.from(token, 'base64url');
    if (octets.length <= nonceOctets + tagOctets) return null;
    const decipher = createDecipheriv(algorithm, await this.#keyFor(purpose), octets.subarray(0, nonceOctets));
    decipher.setAuthTag(octets.subarray(-tagOctets));
    try {
      const opened = Buffer.concat([decipher.update(octets.subarray(nonceOctets, -tagOctets)), decipher.final()]);
      const [expires, text] = JSON.parse(opened.toString()) as [number, string];
      return expires > now ? text : null;
    } catch {
      return null;
    }
  }

  static isSigned(query: URLSearchParams): boolean {
    return query.has(names.signature);
  }

  async #keyFor(purpose: string): Promise<Uint8Array> {
    return createHmac('sha256', await this.#key())
      .update(`almanac seal\n${purpose}`)
      .digest();
  }

  async #signature({ tenant, managedId }: LinkTarget, expires: number): Promise<string> {
    const text = ['almanac attachment', tenant, managedId, String(expires)].join('\n');
    return createHmac('sha256', await this.#key())
      .update(text)
      .digest('base64url');
  }
}
