import { childElements, childrenNamed, dav, type PropertyName, textOf, type XmlElement } from '@almanac/dav-protocol';

const prefixes: Readonly<Record<string, string>> = {
  D: 'DAV:',
  C: 'urn:ietf:params:xml:ns:caldav',
  CS: 'http://calendarserver.org/ns/',
  A: 'http://apple.com/ns/ical/',
};

interface SelectorStep {
  readonly name: PropertyName;
  readonly attribute: readonly [name: string, value: string] | null;
}

const selectorStep = /^(\w+):([\w-]+)(?:\[(\w+)=(\w+)\])?$/;

const steps = (selector: string): SelectorStep[] =>
  selector.split(' > ').map((step) => {
    const [, prefix = '', local = '', attribute, value = ''] = selectorStep.exec(step) ?? [];
    if (prefixes[prefix] === undefined) throw new Error(`"${step}" is no selector`);
    return { name: `{${prefixes[prefix]}}${local}`, attribute: attribute === undefined ? null : [attribute, value] };
  });

/** Descendants of these elements: `C:comp-filter[name=VEVENT] > C:time-range`, each step anywhere below the one before. */
export function select(from: readonly XmlElement[], selector: string): readonly XmlElement[] {
  return steps(selector).reduce((found: readonly XmlElement[], step) => {
    return found.flatMap((element) => descendants(element).filter((one) => fits(one, step)));
  }, from);
}

/** As `select`, the first step among the children themselves. */
export function selectProperty(properties: readonly XmlElement[], selector: string): readonly XmlElement[] {
  const [first, ...rest] = selector.split(' > ');
  const [step] = steps(first ?? '');
  const found = properties.filter((property) => step !== undefined && fits(property, step));
  return rest.length === 0 ? found : select(found, rest.join(' > '));
}

const fits = (element: XmlElement, { name, attribute }: SelectorStep): boolean =>
  element.name === name && (attribute === null || element.attributes[attribute[0]] === attribute[1]);

const descendants = (element: XmlElement): XmlElement[] =>
  childElements(element).flatMap((child) => [child, ...descendants(child)]);

/** The responses of a multistatus. */
export const responses = (multistatus: XmlElement): readonly XmlElement[] =>
  childrenNamed(multistatus, dav('response'));

export const hrefOf = (response: XmlElement): string =>
  childrenNamed(response, dav('href')).map(textOf).join(' ').trim();

/** The properties that a response gives with this status. */
export const propertiesWith = (response: XmlElement, status: number): readonly XmlElement[] =>
  childrenNamed(response, dav('propstat'))
    .filter((propstat) => statusOf(propstat) === status)
    .flatMap((propstat) => childrenNamed(propstat, dav('prop')).flatMap(childElements));

/** The status of a response as a whole or of a propstat; null when it has none. */
export function statusOf(element: XmlElement): number | null {
  const [line] = childrenNamed(element, dav('status')).map(textOf);
  return line === undefined ? null : Number(line.split(' ')[1]);
}
