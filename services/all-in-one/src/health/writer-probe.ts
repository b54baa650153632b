/** Fulfilled when the store takes writes. */
export type WriterProbe = () => Promise<void>;
export const WRITER_PROBE = Symbol('WriterProbe');
