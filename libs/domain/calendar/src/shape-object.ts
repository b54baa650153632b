import type { Profile } from '@almanac/contracts';
import type { ShapeObject } from '@almanac/domain-collection';
import { groupwareRules, type ProfileRule } from './groupware-profile/rules.js';

const rulesOf: Readonly<Record<Profile, readonly ProfileRule[]>> = { groupware: groupwareRules, standard: [] };

/** Runs the rules of a profile over calendar data, each on what the one before it left (requirements, profiles). */
export const shapeObject: ShapeObject = (profile, sent) =>
  rulesOf[profile].reduce((content, rule) => rule(content), sent);
