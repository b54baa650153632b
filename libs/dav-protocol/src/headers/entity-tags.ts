/** What If-Match, If-None-Match or If-Schedule-Tag-Match asks for. */
export interface EntityTagCondition {
  /** The header is `*`: any representation at all. */
  readonly any: boolean;
  /** Opaque tags without quotes, weakness marker and compression suffix. */
  readonly tags: readonly string[];
}

const listedTag = /(?:W\/)?"[^"]*"?|[^\s,]+/gi;

/**
 * If-Match, If-None-Match (RFC 9110 13.1) and If-Schedule-Tag-Match (RFC 6638 8.1). Never refuses: proxies turn tags weak
 * or append `-gzip`, and clients forget the quotes. A header without any tag gives a condition that matches nothing.
 * @returns null when the header is absent
 */
export function parseEntityTags(value: string | undefined): EntityTagCondition | null {
  if (value === undefined) return null;
  const tags = Array.from(value.matchAll(listedTag), ([tag]) => opaqueTag(tag));
  return tags.includes('*') ? { any: true, tags: [] } : { any: false, tags };
}

/** An entity tag in any spelling, reduced to what is compared: `W/"a-gzip"`, `"a"` and `a` are all `a`. */
export function opaqueTag(tag: string): string {
  return tag
    .trim()
    .replace(/^W\//i, '')
    .replace(/^"|"$/g, '')
    .replace(/(?:--?|;)gzip$/i, '');
}

/** Whether a resource with this entity tag (null: no such resource) satisfies the condition; any spelling is compared. */
export function matchesEntityTag(condition: EntityTagCondition, current: string | null): boolean {
  if (current === null) return false;
  return condition.any || condition.tags.includes(opaqueTag(current));
}
