import { findSession } from './find-session.js';
import { contentChanged } from './stores.js';

/** Milliseconds until it is tried again: first, and at most. */
const firstPause = 2_000;
const longestPause = 60_000;

/** What devices and other people change is there at once, as long as the page is looked at. @returns what ends it */
export function followChanges(): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = firstPause;
  const follow = (): void => {
    const isSeen = document.visibilityState === 'visible';
    if (!isSeen) return stop();
    if (source !== null) return;
    source = new EventSource('/api/v1/changes');
    source.addEventListener('changed', contentChanged);
    // Also after each time that the connection was away.
    source.addEventListener('open', () => {
      pause = firstPause;
      contentChanged();
    });
    source.addEventListener('error', beginAnew);
  };
  /** A browser comes back by itself where the line broke, but never after an answer that refuses (HTML, server-sent events). */
  const beginAnew = (): void => {
    if (source?.readyState !== EventSource.CLOSED) return;
    stop();
    timer = setTimeout(follow, pause);
    pause = Math.min(2 * pause, longestPause);
    void findSession();
  };
  const stop = (): void => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    stop();
  };
}
