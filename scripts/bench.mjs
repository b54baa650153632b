/** `npm run bench -- <args>`: measures the built service. */
import { runBuilt } from './run-built.mjs';

await runBuilt('bench/main.mjs');
