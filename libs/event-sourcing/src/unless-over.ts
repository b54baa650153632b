/**
 * Waits for work only until something is over. What was being waited for may be done still: it must bear to be done again.
 * @throws the reason why it is over
 */
export function unlessOver<Result>(work: Promise<Result>, over: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(over.reason as Error);
    over.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => over.removeEventListener('abort', giveUp));
  });
}
