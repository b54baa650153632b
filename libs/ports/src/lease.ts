/** Work that one process at a time does; for a moment two may, so the work must bear to be done twice. */
export interface WorkLease {
  /** Takes it, or holds it longer; false while another process has it. */
  hold(): Promise<boolean>;
  release(): Promise<void>;
}

/** @param duration milliseconds for which it holds without being asked for again */
export type Leases = (name: string, duration: number) => WorkLease;

/** Where there is only one process. */
export const noOtherProcess: Leases = () => ({ hold: async () => true, release: async () => {} });
