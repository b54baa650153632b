/** `npm start`: every service in one process. */
import { runBuilt } from './run-built.mjs';

await runBuilt('services/all-in-one/dist/main.js');
