export type { ObjectContent, ShapedContent } from '@almanac/domain-collection';
export type { ProfileRule, RuleId } from './profile-rule.js';
export { profileRules, ruleIds } from './profile-rules.js';
export { shapeObject } from './shape-object.js';
