import { contentChanged } from './stores.js';

/** What devices and other people change is there at once, as long as the page is looked at. @returns what ends it */
export function followChanges(): () => void {
  let source: EventSource | null = null;
  const follow = (): void => {
    const isSeen = document.visibilityState === 'visible';
    if (isSeen && source === null) {
      source = new EventSource('/api/v1/changes');
      source.addEventListener('changed', contentChanged);
      // Also after each time that the connection was away.
      source.addEventListener('open', contentChanged);
    } else if (!isSeen) stop();
  };
  const stop = (): void => {
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
