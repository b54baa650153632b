import {
  type Component,
  type ContentLine,
  keepComponents,
  keepParameters,
  keepProperties,
  rewriteAlarms,
} from '@almanac/icalendar';
import { isKeptParameter, isVendors, keptOfAlarm } from './kept-properties.js';

/** The component with the properties that `keeps` says, of its sub-components the VALARMs; `lost` is told the others. */
export function keepKnownParts(
  part: Component,
  keeps: (property: ContentLine) => boolean,
  lost: (name: string) => void,
): Component {
  const known = withKnownProperties(part, keeps, lost);
  const alarmed = keepComponents(known, ({ name }) => told(name === 'VALARM', name, lost));
  return rewriteAlarms(alarmed, (alarm) => {
    const bare = keepComponents(alarm, ({ name }) => told(false, name, lost));
    return withKnownProperties(bare, ({ name }) => keptOfAlarm.has(name) || isVendors(name), lost);
  });
}

/** The component with the properties that `keeps` says and their known parameters. */
export function withKnownProperties(
  component: Component,
  keeps: (property: ContentLine) => boolean,
  lost: (name: string) => void,
): Component {
  const known = keepProperties(component, (property) => told(keeps(property), property.name, lost));
  const properties = known.properties.map((property) =>
    keepParameters(property, (parameter) =>
      told(isKeptParameter(property, parameter), `${property.name};${parameter.name}`, lost),
    ),
  );
  return properties.every((property, at) => property === known.properties[at]) ? known : { ...known, properties };
}

const MAX_NAMED = 20;

/** Names what was left out, each once. */
export function lossesOf(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const more = distinct.length > MAX_NAMED ? ` and ${distinct.length - MAX_NAMED} more` : '';
  return `Left out, since the groupware does not have it: ${distinct.slice(0, MAX_NAMED).join(', ')}${more}.`;
}

function told(isKept: boolean, name: string, lost: (name: string) => void): boolean {
  if (!isKept) lost(name);
  return isKept;
}
