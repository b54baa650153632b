import 'reflect-metadata';
import { runOwner } from '@almanac/distributed-host';
import { ATTACHMENTS_COMMANDS, ATTACHMENTS_PROCESSES } from './attachments.module.js';
import { AttachmentsHostModule, PERIODIC_COLLECTION } from './attachments-host.module.js';

/** One replica of the attachments service. */
await runOwner({
  service: 'attachments',
  module: AttachmentsHostModule,
  commands: ATTACHMENTS_COMMANDS,
  processes: { token: ATTACHMENTS_PROCESSES, follow: ['calendar', 'tasks'] },
  work: PERIODIC_COLLECTION,
});
