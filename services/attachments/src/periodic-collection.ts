import { unlessOver } from '@almanac/event-sourcing';
import { log } from '@almanac/observability';
import type { Leases } from '@almanac/ports';
import { collectAttachments, type CollectionPorts } from './collect-attachments.js';

/** Milliseconds between two rounds, whatever the grace time. */
const interval = { least: 500, most: 60 * 60_000 };

/** Collects again and again, in one process at a time. */
export class PeriodicCollection {
  readonly #ports: CollectionPorts;
  readonly #grace: number;
  readonly #interval: number;
  readonly #lease: ReturnType<Leases>;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  readonly #over = new AbortController();

  /** @param grace milliseconds */
  constructor(ports: CollectionPorts, grace: number, leases: Leases) {
    this.#ports = ports;
    this.#grace = grace;
    this.#interval = Math.min(Math.max(grace / 4, interval.least), interval.most);
    this.#lease = leases('attachments.collect', 2 * this.#interval + 60_000);
  }

  start(): void {
    this.#next();
  }

  /** The round under way is not finished: the next process begins it anew. */
  async stop(): Promise<void> {
    this.#over.abort(new Error('the service is about to end'));
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
    await this.#lease.release().catch(() => {});
  }

  #next(): void {
    if (this.#over.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#round().finally(() => this.#next());
    }, this.#interval).unref();
  }

  async #round(): Promise<void> {
    try {
      if (!(await this.#lease.hold())) return;
      const { signal } = this.#over;
      const { attachments, blobs } = await unlessOver(collectAttachments(this.#ports, this.#grace, signal), signal);
      if (attachments + blobs > 0) log('info', 'attachments were collected', { attachments, blobs });
    } catch (error) {
      if (this.#over.signal.aborted) return;
      log('warn', 'attachments cannot be collected now', { error });
    }
  }
}
