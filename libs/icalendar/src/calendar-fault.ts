/** The preconditions of RFC 4791 5.3.2.1 that the text alone can break, and what people can ask for that cannot be done to one. */
export type CalendarFaultCode =
  | 'valid-calendar-data'
  | 'valid-calendar-object-resource'
  | 'supported-calendar-component'
  | 'max-instances'
  | 'unmovable-series';

/** Why a text or a change of one is refused, and words that say what to change. `line` counts from 1. */
export interface CalendarFault {
  readonly code: CalendarFaultCode;
  readonly reason: string;
  readonly line?: number;
}

/** True for the refusals that the readers of this library return in place of a result. */
export function isCalendarFault(value: unknown): value is CalendarFault {
  return typeof value === 'object' && value !== null && 'code' in value && 'reason' in value;
}

/** Carries a fault out of nested readers; it never leaves this library (see `faultOf`). */
class Refusal extends Error {
  readonly fault: CalendarFault;
  constructor(fault: CalendarFault) {
    super(fault.reason);
    this.fault = fault;
  }
}

/** Ends reading with `valid-calendar-data` (RFC 5545 is broken). */
export function refuse(reason: string, line?: number): never {
  return refuseAs('valid-calendar-data', reason, line);
}

/** Ends reading with the named precondition. */
export function refuseAs(code: CalendarFaultCode, reason: string, line?: number): never {
  throw new Refusal(line === undefined ? { code, reason } : { code, reason, line });
}

/** Runs a reader and gives its result, or the fault that it ended with. Other exceptions pass through. */
export function faultOf<T>(read: () => T): T | CalendarFault {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return error.fault;
    throw error;
  }
}
