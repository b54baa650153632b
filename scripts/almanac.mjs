/** `npm run --silent almanac -- <command>`: the command line of the service. */
import { runBuilt } from './run-built.mjs';

await runBuilt('services/all-in-one/dist/cli.js');
