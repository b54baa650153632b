import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { PageAnswer } from './page-client.js';

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>;
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** What any request may meet: somebody unknown, a method that is not there, more than the service can do now. */
const always: ReadonlySet<string> = new Set(['401', '405', '429', '503']);

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
const validators = new WeakMap<object, ValidateFunction>();

/** The schema with nothing allowed that it does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return 'properties' in schema ? { ...inner, additionalProperties: false } : inner;
}

function validatorOf(schema: object): ValidateFunction {
  const known = validators.get(schema);
  const made = known ?? ajv.compile(closed(schema) as object);
  validators.set(schema, made);
  return made;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
}

/** The API answers what its own description says of it. @throws Error that names the difference */
export function demandDescribed({ paths }: Document, { method, path }: Asked, answer: PageAnswer): void {
  const [pathname = ''] = path.split('?');
  const pattern = (name: string) => new RegExp(`^/api/v1${name.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  const found = Object.entries(paths).find(([name]) => pattern(name).test(pathname));
  const operation = found?.[1][method.toLowerCase()];
  if (operation === undefined) return;
  const status = String(answer.status);
  const described = operation.responses[status];
  if (described === undefined && !always.has(status)) {
    throw new Error(`${method} ${found?.[0]}: the description has no ${status} (${answer.text.slice(0, 200)})`);
  }
  const schema = described?.content?.['application/json']?.schema;
  if (schema === undefined) return;
  const validate = validatorOf(schema);
  if (validate(answer.json)) return;
  const faults = validate.errors?.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  throw new Error(`${method} ${found?.[0]} ${status}: ${faults?.join('; ')}`);
}
