import { language, setLanguage } from '../text/t.js';

const names = { en: 'English', de: 'Deutsch' } as const;

export function LanguageSwitch() {
  const other = language === 'de' ? 'en' : 'de';
  return (
    <button type="button" class="quiet language" lang={other} onClick={() => setLanguage(other)}>
      {names[other]}
    </button>
  );
}
