export const text = { type: 'string' } as const;
export const parameter = (name: string, description: string) =>
  ({ name, in: 'path', required: true, schema: text, description }) as const;
export const folder = [parameter('home', "the owner's id"), parameter('segment', "the last part of the folder's URL")];
export const answer = (description: string, schema: object) => ({
  description,
  content: { 'application/json': { schema } },
});
export const faults = {
  '401': { description: 'no or wrong credentials' },
  '403': { description: 'the rights do not allow it' },
  '404': { description: 'nothing that the user may see' },
  '413': { description: 'the body is too large' },
  '415': { description: 'the body is of another type' },
};

export const listOf = (name: string, schema: object) => ({
  type: 'object',
  properties: { [name]: { type: 'array', items: schema } },
});

export const body = (schema: object, type = 'application/json') => ({
  required: true,
  content: { [type]: { schema } },
});
