import type { Guide } from './guide.js';

const limits = 'Bekannte Grenzen';
const debugging = 'Wenn etwas nicht geht';

export const de: readonly Guide[] = [
  {
    id: 'macos',
    name: 'macOS Kalender',
    steps: [
      'Kalender öffnen, dann Kalender → Account hinzufügen … → Anderer CalDAV-Account …',
      'Accounttyp: Manuell. Benutzername: {user}. Passwort: ein App-Passwort von dieser Seite.',
      'Serveradresse: {host} – und sonst nichts.',
      'Anmelden. Alle Kalender und Aufgabenordner erscheinen.',
    ],
    notes: [
      {
        title: limits,
        lines: [
          'Kalender warnt vor Anhängen an Serien und kann abstürzen, wenn ein einzelner Termin einen bekommt: Dateien an die ganze Serie hängen.',
          'Eine Serie und ihre geänderten Termine werden in einer gemeinsamen Ansicht gezeigt.',
          'Termine, die jemand anderes organisiert, lassen sich dort auch mit dem Recht dazu nicht ändern: hier in der Weboberfläche geht es.',
        ],
      },
      {
        title: debugging,
        lines: [
          'Kalender beenden, dann Debug-Menü und HTTP-Protokoll einschalten; Groß- und Kleinschreibung zählt:',
          '$ defaults write com.apple.iCal IncludeDebugMenu YES',
          '$ defaults write com.apple.CalendarAgent LogHTTPActivity -bool YES',
          '$ killall CalendarAgent',
          'Das Protokoll lesen; ab macOS 10.12 im Terminal, davor im Programm Konsole:',
          '$ log stream --info --debug --predicate \'process == "CalendarAgent"\'',
          'Das Protokoll bleibt an, bis es ausgeschaltet wird. Es wächst schnell und enthält das Passwort: nicht ungelesen weitergeben.',
          '$ defaults delete com.apple.CalendarAgent LogHTTPActivity',
          '$ defaults delete com.apple.iCal IncludeDebugMenu',
          '$ killall CalendarAgent',
        ],
      },
    ],
  },
  {
    id: 'ios',
    name: 'iOS Kalender',
    steps: [
      'Am einfachsten: unten ein Profil erzeugen und den Code mit der Kamera des iPhones oder iPads aufnehmen.',
      'Von Hand: Einstellungen → Apps → Kalender → Kalenderaccounts → Account hinzufügen → Andere → CalDAV-Account hinzufügen.',
      'Server: {host}. Benutzername: {user}. Passwort: ein App-Passwort von dieser Seite.',
    ],
    notes: [
      {
        title: limits,
        lines: [
          'iOS fügt Terminen ohne Erinnerung seine Standardhinweise hinzu. Almanac sagt ihm, dass es das nicht soll; erscheinen sie trotzdem, dann unter Einstellungen → Apps → Kalender → Standardhinweise auf „Ohne“ stellen.',
        ],
      },
    ],
  },
  {
    id: 'thunderbird',
    name: 'Thunderbird',
    steps: [
      'Die neueste Version verwenden und zuerst ein Mailkonto einrichten: Es wird die Identität der Kalender.',
      'Kalender → Neuer Kalender … → Im Netzwerk.',
      'Benutzername: {user}. Adresse: {server} – Thunderbird findet alle Kalender. Oder die CalDAV-URL eines Ordners nehmen: Ordnerbaum → Menü des Ordners → Eigenschaften.',
      'Kalender wählen und das Mailkonto als Identität; Offline-Unterstützung angeschaltet lassen.',
      'Empfohlen: in den Eigenschaften der Kalender die Erinnerungen ausschalten, wenn schon ein anderes Gerät erinnert. Wer in Thunderbird eine Erinnerung schließt, entfernt sie von der ganzen Serie und auf allen Geräten.',
    ],
    notes: [
      {
        title: debugging,
        lines: [
          'Einstellungen → Allgemein → Konfiguration bearbeiten: calendar.debug.log und calendar.debug.log.verbose auf true setzen, Thunderbird neu starten.',
          'Die Meldungen stehen unter Extras → Entwicklerwerkzeuge → Fehlerkonsole. Danach beide wieder auf false setzen.',
        ],
      },
      { title: limits, lines: ['Erinnerungen eines Serientermins werden für alle Termine auf einmal geschlossen.'] },
    ],
  },
  {
    id: 'em-client',
    name: 'eM Client',
    steps: [
      'Menü → Konten → Konto hinzufügen → Kalender → CalDAV.',
      'Adresse: {server}. Benutzername: {user}. Passwort: ein App-Passwort von dieser Seite.',
    ],
    notes: [
      {
        title: limits,
        lines: [
          'Er wiederholt die Anhänge einer Serie an jedem geänderten Termin; Almanac lässt die Wiederholungen weg.',
        ],
      },
    ],
  },
  {
    id: 'davx5',
    name: 'DAVx⁵ (Android)',
    steps: [
      'Konto hinzufügen → Mit URL und Benutzername anmelden.',
      'Basis-URL: {server}. Benutzername: {user}. Passwort: ein App-Passwort von dieser Seite.',
      'Kalender und Aufgabenlisten wählen. Für Aufgaben zusätzlich Tasks.org oder jtx Board installieren.',
    ],
    notes: [{ title: debugging, lines: ['DAVx⁵ → Werkzeuge → Debug-Info zeigt die letzte Anfrage und ihre Antwort.'] }],
  },
  {
    id: 'evolution',
    name: 'Evolution',
    steps: [
      'Datei → Neu → Sammelkonto. Benutzername: {user}. Server: {server}.',
      'Nachschlagen, ein App-Passwort von dieser Seite eingeben, Kalender und Aufgaben wählen.',
    ],
    notes: [
      { title: debugging, lines: ['$ CALDAV_DEBUG=all WEBDAV_DEBUG=all /usr/libexec/evolution-calendar-factory -w'] },
    ],
  },
  {
    id: 'outlook',
    name: 'Outlook (CalDav Synchronizer)',
    steps: [
      'CalDav Synchronizer installieren, dann in Outlook: CalDav Synchronizer → Synchronisationsprofile → Hinzufügen → Generic CalDAV/CardDAV.',
      'DAV-URL: {home} (oder die CalDAV-URL eines Ordners). Benutzername: {user}. Passwort: ein App-Passwort von dieser Seite.',
      'Einstellungen testen und für jeden Kalender den Outlook-Ordner wählen.',
    ],
    notes: [
      { title: limits, lines: ['Outlook behält eine Erinnerung je Termin.'] },
      { title: debugging, lines: ['Allgemeine Optionen → Protokollierung → Stufe Debug; dann Protokoll anzeigen.'] },
    ],
  },
  {
    id: 'vdirsyncer',
    name: 'vdirsyncer',
    steps: [
      'Dies in die Datei ~/.config/vdirsyncer/config schreiben, mit einem App-Passwort von dieser Seite:',
      '$ [general]\nstatus_path = "~/.local/share/vdirsyncer/status/"\n[pair almanac]\na = "here"\nb = "there"\ncollections = ["from a", "from b"]\n[storage here]\ntype = "filesystem"\npath = "~/.calendars/"\nfileext = ".ics"\n[storage there]\ntype = "caldav"\nurl = "{server}"\nusername = "{user}"\npassword = "…"',
      'Die Kalender suchen, dann abgleichen:',
      '$ vdirsyncer discover && vdirsyncer sync',
    ],
    notes: [{ title: debugging, lines: ['$ vdirsyncer --verbosity DEBUG sync'] }],
  },
  {
    id: 'python-caldav',
    name: 'Python (caldav)',
    steps: [
      'Das Paket installieren und ein App-Passwort von dieser Seite verwenden:',
      '$ pip install caldav',
      '$ import caldav\nwith caldav.DAVClient(url="{server}", username="{user}", password="…") as client:\n    print(client.principal().calendars())',
    ],
    notes: [{ title: debugging, lines: ['$ import logging; logging.basicConfig(level=logging.DEBUG)'] }],
  },
  {
    id: 'tsdav',
    name: 'JavaScript (tsdav)',
    steps: [
      'Das Paket installieren und ein App-Passwort von dieser Seite verwenden:',
      '$ npm install tsdav',
      "$ import { createDAVClient } from 'tsdav';\nconst client = await createDAVClient({\n  serverUrl: '{server}',\n  credentials: { username: '{user}', password: '…' },\n  authMethod: 'Basic',\n  defaultAccountType: 'caldav',\n});\nconsole.log(await client.fetchCalendars());",
    ],
    notes: [{ title: debugging, lines: ['$ DEBUG=tsdav:* node script.js'] }],
  },
];
