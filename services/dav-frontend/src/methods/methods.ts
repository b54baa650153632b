import type { Method } from '../method.js';
import { acl } from './acl.js';
import { copy, move } from './copy-move.js';
import { deleteResource } from './delete.js';
import { get } from './get.js';
import { mkcalendar } from './mkcalendar.js';
import { mkcol } from './mkcol.js';
import { options } from './options.js';
import { post } from './post.js';
import { propfind } from './propfind.js';
import { proppatch } from './proppatch.js';
import { put } from './put.js';
import { report } from './report.js';

/** Every method that is answered; all others get 405. */
export const methods: Readonly<Record<string, Method>> = {
  OPTIONS: options,
  PROPFIND: propfind,
  REPORT: report,
  GET: get,
  HEAD: get,
  PUT: put,
  POST: post,
  DELETE: deleteResource,
  PROPPATCH: proppatch,
  MKCALENDAR: mkcalendar,
  MKCOL: mkcol,
  COPY: copy,
  MOVE: move,
  ACL: acl,
};
