import { writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { mustHaveAll } from '../../../scripts/provision.mjs';
import { tools } from '../../../scripts/provision/tools.mjs';
import { runCampaign } from './campaign.js';

const minutes = Number(process.env['ALMANAC_CHAOS_MINUTES'] ?? 1);
const seed = Number(process.env['ALMANAC_CHAOS_SEED'] ?? Math.floor(Math.random() * 1_000_000));
const report = process.env['ALMANAC_CHAOS_REPORT'] ?? join(resolve(import.meta.dirname, '../../..'), '.cache/chaos.md');
/** Beside the work itself: the start of a cluster, restarts under way, and the checks, on a slow machine. */
const overhead = 10 * 60_000;

const { java, kafka, secantusdb, secantusdbRs, missing } = tools();
const absent = missing.java ?? missing.kafka ?? (secantusdbRs === null ? missing.secantusdb : undefined);
const isComplete = java !== null && kafka !== null && (secantusdb ?? secantusdbRs) !== null;

it.skipIf(!isComplete && !mustHaveAll())(
  `O1: ${minutes} minutes of faults break no promise (seed ${seed})${isComplete ? '' : ` (skipped: ${absent})`}`,
  { timeout: minutes * 60_000 + overhead },
  async () => {
    const { violations, writes } = await runCampaign({
      ...{ minutes, seed, report },
      tools: { java, kafka, secantusdb: secantusdbRs ?? secantusdb },
      database: secantusdbRs === null ? 'SecantusDB (Python build)' : 'SecantusDB (Rust build)',
      print: (line) => writeSync(2, `chaos: ${line}\n`),
    });
    expect(violations.map(({ kind, words }) => `${kind}: ${words}`)).toEqual([]);
    expect(writes).toBeGreaterThan(0);
  },
);
