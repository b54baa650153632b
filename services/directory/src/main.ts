import 'reflect-metadata';
import { runOwner } from '@almanac/distributed-host';
import { DIRECTORY_COMMANDS, DirectoryModule } from './directory.module.js';

/** One replica of the directory service. */
await runOwner({
  service: 'directory',
  module: DirectoryModule,
  commands: DIRECTORY_COMMANDS,
});
