import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Db } from 'mongodb';
import { Lease, leasesCollection } from '../../lease.js';

const duration = 30_000;

/** Somebody else does this piece of maintenance now. */
export class UnderWay extends Error {
  override readonly name = 'UnderWay';
}

/**
 * Work that one process at a time does. One that died is followed once its time is over.
 * @param work calls `check` between its steps, which throws when somebody else has taken over
 * @throws UnderWay
 */
export async function exclusively<R>(database: Db, name: string, work: (check: () => void) => Promise<R>): Promise<R> {
  const lease = new Lease(leasesCollection(database), { name, holder: randomUUID(), duration });
  const begun = performance.now();
  if (!(await lease.hold())) throw new UnderWay(`${name} is under way elsewhere`);
  let heldUntil = begun + duration;
  // What was once given up stays so, even if nobody has it: somebody may have had it meanwhile.
  const hold = async (): Promise<void> => {
    const asked = performance.now();
    if (asked < heldUntil && (await lease.hold())) heldUntil = asked + duration;
  };
  const timer = setInterval(() => void hold().catch(() => {}), duration / 6).unref();
  const check = (): void => {
    if (performance.now() > heldUntil) throw new UnderWay(`${name} has taken too long between two signs of life`);
  };
  try {
    return await work(check);
  } finally {
    clearInterval(timer);
    await lease.release().catch(() => {});
  }
}
