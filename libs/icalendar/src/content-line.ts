import { refuse } from './calendar-fault.js';

/** One parameter of a property; the name in capitals, values without quotes and with RFC 6868 carets decoded. */
export interface Parameter {
  readonly name: string;
  readonly values: readonly string[];
}

/** One content line (RFC 5545 3.1): name in capitals, raw value, the unfolded text as sent, line number from 1. */
export interface ContentLine {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly value: string;
  readonly text: string;
  readonly line: number;
}

const NAME = /^[A-Za-z0-9-]+$/;
const NO_PARAMETERS: readonly Parameter[] = [];
const COLON = 58;
const SEMICOLON = 59;

/** Reads one unfolded line; refuses what is no `name *(";" param) ":" value`. */
export function readContentLine(text: string, line: number): ContentLine {
  let at = 0;
  while (at < text.length && text.charCodeAt(at) !== COLON && text.charCodeAt(at) !== SEMICOLON) at++;
  const name = readName(text.slice(0, at), 'a property name', line);
  if (at === text.length) refuse(`Put a colon between the name ${name} and its value.`, line);
  if (text.charCodeAt(at) === COLON) {
    return { name, parameters: NO_PARAMETERS, value: text.slice(at + 1), text, line };
  }
  const parameters: Parameter[] = [];
  while (text.charCodeAt(at) === SEMICOLON) at = readParameter(text, at + 1, line, parameters);
  if (text.charCodeAt(at) !== COLON) refuse(`Put a colon between the parameters of ${name} and its value.`, line);
  return { name, parameters, value: text.slice(at + 1), text, line };
}

/** The first value of a parameter (name in capitals), or undefined. */
export function parameterOf(property: ContentLine, name: string): string | undefined {
  for (const parameter of property.parameters) if (parameter.name === name) return parameter.values[0];
  return undefined;
}

function readName(name: string, what: string, line: number): string {
  if (!NAME.test(name))
    refuse(`Write ${what} of letters, digits and hyphens in place of "${name.slice(0, 40)}".`, line);
  return name.toUpperCase();
}

/** Reads `name=value[,value…]` and returns where the next delimiter stands. */
function readParameter(text: string, from: number, line: number, into: Parameter[]): number {
  const equals = text.indexOf('=', from);
  if (equals < 0) refuse('Write each parameter as NAME=value.', line);
  const name = readName(text.slice(from, equals), 'a parameter name', line);
  const values: string[] = [];
  let at = equals;
  do at = readParameterValue(text, at + 1, line, values);
  while (text[at] === ',');
  into.push({ name, values });
  return at;
}

function readParameterValue(text: string, from: number, line: number, into: string[]): number {
  if (text[from] === '"') {
    const close = text.indexOf('"', from + 1);
    if (close < 0) refuse('Close the quoted parameter value with a second quotation mark.', line);
    into.push(decodeCarets(text.slice(from + 1, close)));
    return close + 1;
  }
  let at = from;
  while (at < text.length && !',;:"'.includes(text[at] as string)) at++;
  if (text[at] === '"') refuse('Put the whole parameter value in quotation marks.', line);
  into.push(decodeCarets(text.slice(from, at)));
  return at;
}

/** RFC 6868 3.2. */
function decodeCarets(value: string): string {
  if (!value.includes('^')) return value;
  return value.replace(/\^([n^'])/g, (_, code: string) => (code === 'n' ? '\n' : code === '^' ? '^' : '"'));
}
