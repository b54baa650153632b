import { Icon } from '../parts/icon.js';
import { ZoneSelect } from '../parts/zone-select.js';
import { t } from '../text/t.js';
import { type GridView, viewNames } from './grid-views.js';

interface CalendarBarProps {
  readonly title: string;
  readonly view: GridView;
  readonly go: (where: 'prev' | 'next' | 'today') => void;
  readonly change: (view: GridView) => void;
  readonly create: () => void;
}

export function CalendarBar({ title, view, go, change, create }: CalendarBarProps) {
  return (
    <div class="bar">
      <button type="button" class="primary" aria-label={t('newEvent')} onClick={create}>
        <Icon name="plus" />
        <span>{t('new')}</span>
      </button>
      <div class="steps">
        <button type="button" onClick={() => go('today')}>
          {t('today')}
        </button>
        <button type="button" class="icon-button" onClick={() => go('prev')}>
          <Icon name="left" label={t('earlier')} />
        </button>
        <button type="button" class="icon-button" data-step="next" onClick={() => go('next')}>
          <Icon name="right" label={t('later')} />
        </button>
      </div>
      <h1 aria-live="polite">{title}</h1>
      <ZoneSelect />
      <div class="views" role="group" aria-label={t('view')}>
        {viewNames.map((name) => (
          <button type="button" key={name} aria-pressed={name === view} onClick={() => change(name)}>
            {t(name)}
          </button>
        ))}
      </div>
    </div>
  );
}
