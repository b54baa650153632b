/** One thing that a rule of the profile altered in calendar data. */
export interface RuleChange {
  /** The row of the requirements, as in `R2`. */
  readonly row: string;
  /** Words for a person: what was changed. */
  readonly said: string;
  /** VEVENT, VTODO, VJOURNAL; VCALENDAR for what holds for the whole object. */
  readonly component: string;
  /** The instance, as its RECURRENCE-ID in UTC (a day or a floating time as it is); null for the series or the single one. */
  readonly recurrenceId: string | null;
}

/** What the rules R4 and R5 must know of earlier PUTs of the same member. */
export interface ReminderMemory {
  /** The newest X-MOZ-LASTACK acted on, UTC seconds. */
  readonly lastAck: number;
  /** The instants to which reminders are moved now, UTC seconds. */
  readonly snoozedTo?: readonly number[];
}
