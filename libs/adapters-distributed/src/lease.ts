import type { Collection, Db } from 'mongodb';

/** Who does a piece of work that one process at a time should do. */
export interface LeaseDocument {
  readonly _id: string;
  readonly holder: string;
  /** Milliseconds since 1970, by the holder's clock. */
  readonly until: number;
}

export const leasesCollection = (database: Db): Collection<LeaseDocument> => database.collection('leases');

const duplicateKey = 11_000;

/**
 * Work that one process at a time should do. A holder that died is followed once its time is over; for a moment two may
 * hold it, where clocks differ or a process slept, so the work must bear to be done twice.
 */
export class Lease {
  readonly #leases: Collection<LeaseDocument>;
  readonly #name: string;
  readonly #holder: string;
  readonly #duration: number;

  /** @param duration milliseconds that it holds without being asked for again */
  constructor(leases: Collection<LeaseDocument>, options: { name: string; holder: string; duration: number }) {
    this.#leases = leases;
    this.#name = options.name;
    this.#holder = options.holder;
    this.#duration = options.duration;
  }

  /** Takes it, or holds it longer; false while somebody else has it. */
  async hold(): Promise<boolean> {
    const now = Date.now();
    const free = { _id: this.#name, $or: [{ holder: this.#holder }, { until: { $lt: now } }] };
    const mine = { $set: { holder: this.#holder, until: now + this.#duration } };
    try {
      await this.#leases.updateOne(free, mine, { upsert: true });
      return true;
    } catch (error) {
      // The document is there and does not match: the upsert met the other holder's.
      if ((error as { code?: unknown }).code === duplicateKey) return false;
      throw error;
    }
  }

  async release(): Promise<void> {
    await this.#leases.deleteOne({ _id: this.#name, holder: this.#holder });
  }
}
