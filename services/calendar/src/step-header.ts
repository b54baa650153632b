import { type CommandHeader, commandId, type Commit } from '@almanac/contracts';

/** The header of a process manager's step: its id comes from the commit, so that the step is taken once. */
export function stepHeader(commit: Commit, step: string): Omit<CommandHeader, 'service' | 'stream'> {
  const { at, actor, traceparent } = commit;
  const id = commandId(`${commit.stream}@${commit.version}.${step}`);
  const trace = traceparent === undefined ? {} : { traceparent };
  return { commandId: id, actor, at, notAfter: Number.MAX_SAFE_INTEGER, ...trace };
}
