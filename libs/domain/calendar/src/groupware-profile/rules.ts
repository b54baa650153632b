import type { ObjectContent } from '@almanac/domain-collection';

/** One G row of the requirements; returns its argument when it has nothing to alter. */
export type ProfileRule = (content: ObjectContent) => ObjectContent;

/**
 * The rules of the `groupware` profile, in the order in which they run. The rows R1–R4, A4, P1, P2, V2, V3
 * and T1–T4 add theirs here, one file each beside this one.
 */
export const groupwareRules: readonly ProfileRule[] = [];
