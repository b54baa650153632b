import type { CalendarEvent } from '../api/types.js';
import { t } from '../text/t.js';

export const titleOf = ({ title, masked }: Pick<CalendarEvent, 'title' | 'masked'>): string =>
  masked ? t('busy') : title === '' ? t('untitled') : title;
