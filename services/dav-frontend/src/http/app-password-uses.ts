import { randomUUID } from 'node:crypto';
import { commandId, directoryStream, tenantId } from '@almanac/contracts';
import { log } from '@almanac/observability';
import type { CommandGateway } from '@almanac/ports';
import { appPasswordOf } from './check-password.js';
import type { SignedIn } from './recent-sign-ins.js';

/** Milliseconds for which this frontend does not note the same app password again, whatever came of the last note. */
const pause = 60 * 60_000;
const maxKeys = 100_000;
/** Milliseconds; a note that was not taken by then is not worth taking. */
const patience = 10_000;

/**
 * Notes that app passwords are used, so that people see which devices are still there. The directory keeps one note a day;
 * no request waits for it, and none fails with it.
 */
export class AppPasswordUses {
  readonly #gateway: Pick<CommandGateway, 'execute'>;
  readonly #now: () => number;
  /** When each was noted, by tenant, user and key; milliseconds since 1970. */
  readonly #noted = new Map<string, number>();

  constructor(gateway: Pick<CommandGateway, 'execute'>, now: () => number = Date.now) {
    this.#gateway = gateway;
    this.#now = now;
  }

  /** @param password one that is right */
  note(actor: SignedIn, password: string): void {
    const app = appPasswordOf(actor.principal, password);
    if (app === undefined) return;
    const now = this.#now();
    const name = `${actor.tenant.id} ${actor.principal.id} ${app.key}`;
    if (isSameDay(app.usedAt, now) || now - (this.#noted.get(name) ?? 0) < pause) return;
    this.#noted.delete(name);
    this.#noted.set(name, now);
    for (const oldest of this.#noted.keys()) {
      if (this.#noted.size <= maxKeys) break;
      this.#noted.delete(oldest);
    }
    this.#send(actor, app.key, now).catch((error: unknown) => log('debug', 'a use was not noted', { error }));
  }

  async #send({ tenant, principal: { id } }: SignedIn, key: string, at: number): Promise<void> {
    const stream = directoryStream(tenantId(tenant.id));
    const header = { commandId: commandId(randomUUID()), service: 'directory', stream, actor: id } as const;
    const body = { type: 'NoteAppPasswordUse', id, key, usedAt: at } as const;
    await this.#gateway.execute({ ...header, at, notAfter: at + patience, body });
  }
}

const day = 86_400_000;
const isSameDay = (usedAt: number | undefined, now: number): boolean =>
  usedAt !== undefined && Math.floor(usedAt / day) === Math.floor(now / day);
