import { currentTraceId } from './trace.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

let threshold: LogLevel = 'info';

/** Lines below this level are not written. */
export function setLogLevel(level: LogLevel): void {
  threshold = level;
}

export const isLogLevel = (value: string): value is LogLevel => order.includes(value as LogLevel);

/** One JSON object a line on standard error; passwords and calendar data never go in. */
export function log(level: LogLevel, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  if (order.indexOf(level) < order.indexOf(threshold)) return;
  const traceId = currentTraceId();
  const line = {
    at: new Date().toISOString(),
    level,
    message,
    ...(traceId === undefined ? {} : { traceId }),
    ...fields,
  };
  process.stderr.write(`${JSON.stringify(line, errorsAsText)}\n`);
}

function errorsAsText(_key: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value;
}
