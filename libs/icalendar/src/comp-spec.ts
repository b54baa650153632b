import type { Component } from './component-tree.js';
import type { ContentLine } from './content-line.js';
import { newProperty } from './new-property.js';

/** A CALDAV:prop of calendar-data; `noValue` asks for name and parameters only (RFC 4791 9.6.4). */
export interface PropSpec {
  readonly name: string;
  readonly noValue: boolean;
}

/** A CALDAV:comp of calendar-data (RFC 4791 9.6.1). */
export interface CompSpec {
  readonly name: string;
  readonly props: readonly PropSpec[] | 'all';
  readonly comps: readonly CompSpec[] | 'all';
}

/** The part of a component that a spec names; the spec's own name is taken as the component's. */
export function selectComponent(component: Component, spec: CompSpec): Component {
  return {
    ...component,
    properties: spec.props === 'all' ? component.properties : selectProperties(component, spec.props),
    components: spec.comps === 'all' ? component.components : selectComponents(component, spec.comps),
  };
}

function selectProperties(component: Component, specs: readonly PropSpec[]): readonly ContentLine[] {
  return component.properties.flatMap((property) => {
    const spec = specs.find(({ name }) => name.toUpperCase() === property.name);
    if (spec === undefined) return [];
    return [spec.noValue ? withoutValue(property) : property];
  });
}

function selectComponents(component: Component, specs: readonly CompSpec[]): readonly Component[] {
  return component.components.flatMap((inner) => {
    const spec = specs.find(({ name }) => name.toUpperCase() === inner.name);
    return spec === undefined ? [] : [selectComponent(inner, spec)];
  });
}

function withoutValue(property: ContentLine): ContentLine {
  const text = property.text.slice(0, property.text.length - property.value.length);
  return { ...newProperty(property.name, ''), parameters: property.parameters, text };
}
