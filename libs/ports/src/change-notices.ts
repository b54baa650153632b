/** Tells those who look right now that something has changed. Nobody who must not miss anything relies on it: see EventFeed. */
export interface ChangeNotices {
  /**
   * @param heard is given the streams that have new commits, which the read models show by then
   * @returns what ends it
   */
  follow(heard: (streams: readonly string[]) => void): () => void;
}
