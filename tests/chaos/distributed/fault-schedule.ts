import { setTimeout as delay } from 'node:timers/promises';
import { type Fault, faults } from './faults.js';
import type { Findings } from './findings.js';
import type { Random } from './random.js';
import type { Testbed } from './testbed.js';

/** One fault at a time, now and then a second one beside it; in between, work goes on. */
export async function runFaults(
  bed: Testbed,
  { random, findings, running }: { random: Random; findings: Findings; running: () => boolean },
): Promise<void> {
  let bag: Fault[] = [];
  const next = (): Fault => {
    // All of them in some order, then all of them in another: none is forgotten.
    if (bag.length === 0) bag = random.shuffled(faults);
    return bag.pop() as Fault;
  };
  await delay(3_000);
  while (running()) {
    const first = next();
    const second = random.chance(0.3) ? next() : null;
    const together = [inject(first)];
    if (second !== null && targetOf(second) !== targetOf(first)) {
      await delay(random.between(0, 2_000));
      together.push(inject(second));
    }
    await Promise.all(together);
    await untilWriting(findings, running);
    await delay(random.between(1_000, 5_000));
  }

  async function inject(fault: Fault): Promise<void> {
    const from = Date.now();
    const { words, over } = fault.begin(bed, random);
    await over;
    findings.fault(fault.kind, words, from);
  }
}

/** Two faults of the same process would be in each other's way. */
const targetOf = ({ kind }: Fault): string => kind.split(' ').at(-1) ?? '';

const recoveryLimit = 180_000;

/** Waits for the next acknowledged writes; that there are none for minutes is a fault of the product. */
async function untilWriting(findings: Findings, running: () => boolean): Promise<void> {
  const before = findings.writes;
  const from = Date.now();
  while (running() && findings.writes < before + 5) {
    await delay(200);
    if (Date.now() - from < recoveryLimit) continue;
    findings.violation('recovery', `no write was acknowledged for ${recoveryLimit} ms after a fault was over`);
    return;
  }
}
