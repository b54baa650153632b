/**
 * Members are indexed by how long they last, in few classes, and by start: what lasts at most so long and
 * meets a range has begun at most so long before it. So a month is found without walking through the past.
 */
const classes: readonly number[] = [18 * 3600, 3 * 86_400, 12 * 86_400, 100 * 86_400];

/** Of what is longer or open at a side; all of these are looked at. */
export const unbounded = classes.length;

export function reachOf(start: number | null, end: number | null): number {
  if (start === null || end === null) return unbounded;
  const index = classes.findIndex((longest) => end - start <= longest);
  return index === -1 ? unbounded : index;
}

/** Each bounded class with the longest time that its members last, in seconds. */
export const boundedReaches: readonly (readonly [reach: number, longest: number])[] = classes.map((longest, reach) => [
  reach,
  longest,
]);
