import { setImmediate } from 'node:timers/promises';

/** Nobody works on longer than so many milliseconds while others wait. */
const turn = 10;

let since = performance.now();

/** Lets other requests have their turn; undefined while this one's is not over. To be awaited inside long loops. */
export function takeTurns(): Promise<void> | undefined {
  if (performance.now() - since < turn) return undefined;
  return setImmediate().then(() => {
    since = performance.now();
  });
}
