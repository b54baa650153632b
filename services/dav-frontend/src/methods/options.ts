import type { Method } from '../method.js';
import { locate } from '../resources/locate.js';
import { allowHeader } from './allowed-methods.js';

/** RFC 9110 9.3.7, RFC 4918 9.2; the DAV header goes with every answer. */
export const options: Method = async (context) => {
  const located = await locate(context, context.request.path);
  return { status: 200, headers: { Allow: allowHeader(located) } };
};
