import type { Found } from '../api/types.js';
import { Store } from './store.js';

/** What was found and is to be shown; the page that it belongs to takes it. */
export const opening = new Store<Found | null>(null);

export function openFound(found: Found): void {
  opening.set(found);
  location.hash = found.component === 'VTODO' ? '#tasks' : '#calendar';
}
