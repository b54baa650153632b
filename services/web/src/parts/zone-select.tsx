import { useStore } from '../state/store.js';
import { allZones, setZone, zone as zoneStore } from '../state/zone.js';
import { t } from '../text/t.js';

/** In which time zone times are shown. */
export function ZoneSelect() {
  const zone = useStore(zoneStore);
  return (
    <select
      class="zone"
      aria-label={t('timeZone')}
      value={zone}
      onChange={({ currentTarget }) => setZone(currentTarget.value)}
    >
      {allZones.map((id) => (
        <option key={id}>{id}</option>
      ))}
    </select>
  );
}
