import type { ContentLine, Parameter } from './content-line.js';

/** The property with another value; name and parameters stay as they were sent. */
export function withValue(property: ContentLine, value: string): ContentLine {
  return { ...property, value, text: property.text.slice(0, property.text.length - property.value.length) + value };
}

/** The property with those of its parameters that `keeps` says; the very same where all stay. */
export function keepParameters(property: ContentLine, keeps: (parameter: Parameter) => boolean): ContentLine {
  const parameters = property.parameters.filter(keeps);
  return parameters.length === property.parameters.length ? property : withParameters(property, parameters);
}

/** The property with other parameters. */
export function withParameters(property: ContentLine, parameters: readonly Parameter[]): ContentLine {
  const name = property.text.slice(0, property.name.length);
  return { ...property, parameters, text: `${name}${parameters.map(writeParameter).join('')}:${property.value}` };
}

function writeParameter({ name, values }: Parameter): string {
  return `;${name}=${values.map(writeParameterValue).join(',')}`;
}

/** RFC 6868 3.1, and quotation marks where RFC 5545 3.2 wants them. */
function writeParameterValue(value: string): string {
  const encoded = value.replace(/[\^\n"]/g, (special) => (special === '^' ? '^^' : special === '\n' ? '^n' : "^'"));
  return /[,;:]/.test(encoded) ? `"${encoded}"` : encoded;
}
