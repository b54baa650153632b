/** Measures our server; see README.md beside this file. */
import { parseArgs } from 'node:util';
import { benchDistributed } from './distributed.mjs';
import { client, measure } from './load.mjs';
import { event, operations, sync } from './operations.mjs';
import { benchPages } from './pages.mjs';
import { startService } from './service.mjs';

const flag = /** @type {const} */ ({ type: 'boolean' });
const { values } = parseArgs({
  options: { members: { type: 'string', multiple: true }, json: flag, distributed: flag, pages: flag },
});
const sizes = (values.members ?? ['1000', '10000']).map(Number);
const folder = '/calendars/user01/bench/';

/** @returns {Promise<{ measured: import('./load.mjs').Measured[], memory: number }>} */
async function run(/** @type {number} */ members) {
  const service = await startService();
  const { send, close } = client(service.url);
  const target = { send, cpu: service.cpu };
  try {
    await send({ method: 'MKCALENDAR', path: folder });
    const put = (/** @type {number} */ index) => ({
      method: 'PUT',
      path: `${folder}e${index}.ics`,
      body: event(index),
    });
    const filled = await measure({ name: 'PUT new ×8', clients: 8, operations: members, request: put }, target);
    const token = async () =>
      /sync-token>([^<]+)</.exec(await send({ method: 'REPORT', path: folder, body: sync('') }))?.[1] ?? '';
    const measured = [filled];
    for (const plan of operations({ folder, members, token: await token() }))
      measured.push(await measure(plan, target));
    measured.push(await syncAfterChange({ send, token: await token(), cpu: service.cpu }));
    return { measured, memory: service.memory() };
  } finally {
    close();
    await service.stop();
  }
}

/** A change and the sync that tells it, over and over; only the sync is counted. */
async function syncAfterChange(/** @type {{ send: any, token: string, cpu: () => number }} */ { send, token, cpu }) {
  const operationCount = 200;
  let [milliseconds, cpuTime, position] = [0, 0, token];
  for (let index = 0; index < operationCount; index += 1) {
    await send({ method: 'PUT', path: `${folder}e${500 + index}.ics`, body: event(500 + index) });
    const [cpuBefore, before] = [cpu(), performance.now()];
    const answer = await send({ method: 'REPORT', path: folder, body: sync(position) });
    milliseconds += performance.now() - before;
    cpuTime += cpu() - cpuBefore;
    position = /sync-token>([^<]+)</.exec(answer)?.[1] ?? position;
  }
  const perSecond = (operationCount / milliseconds) * 1000;
  return { name: 'sync after one change', perSecond, cpuPerOperation: cpuTime / operationCount };
}

async function benchEmbedded() {
  const results = [];
  for (const members of sizes) results.push({ members, ...(await run(members)) });
  if (values.json) {
    console.log(JSON.stringify(results, null, 2));
  } else {
    console.log(
      `| operation | ${sizes.map((size) => `${size} members`).join(' | ')} |\n|---|${'---|'.repeat(sizes.length)}`,
    );
    for (const [index, { name }] of (results[0]?.measured ?? []).entries()) {
      const cells = results.map(({ measured }) => {
        const { perSecond, cpuPerOperation } = measured[index] ?? { perSecond: 0, cpuPerOperation: 0 };
        return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s [${cpuPerOperation.toFixed(2)} ms]`;
      });
      console.log(`| ${name} | ${cells.join(' | ')} |`);
    }
    console.log(`| memory after (PSS) | ${results.map(({ memory }) => `${memory} MiB`).join(' | ')} |`);
  }
}

if (values.pages) await benchPages();
else await (values.distributed ? benchDistributed() : benchEmbedded());
