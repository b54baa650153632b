/** litmus, the WebDAV protocol suite: a Debian package. */
import { aptCommand, aptInstall } from './apt.mjs';
import { onPath } from './run.mjs';

/** @type {import('../provision.mjs').Tool} */
export const litmus = {
  title: 'litmus (WebDAV protocol suite)',
  names: ['litmus'],
  // Not every release of every distribution carries it.
  optional: true,
  find() {
    const path = onPath('litmus');
    return path ? { litmus: path } : null;
  },
  install: () => aptInstall('litmus'),
  command: aptCommand('litmus'),
};
