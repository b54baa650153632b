import type { Guide } from './guide.js';

const limits = 'Known limits';
const debugging = 'When something does not work';

export const en: readonly Guide[] = [
  {
    id: 'macos',
    name: 'macOS Calendar',
    steps: [
      'Open Calendar, then Calendar → Add Account… → Other CalDAV Account…',
      'Account type: Manual. User name: {user}. Password: an app password from this page.',
      'Server address: {host} – and nothing else.',
      'Sign in. All your calendars and task folders appear.',
    ],
    notes: [
      {
        title: limits,
        lines: [
          'Calendar warns about attachments of a series and may crash when a single occurrence gets one: attach files to the whole series.',
          'A series and its changed occurrences are shown together in one view.',
          'Appointments that somebody else organizes cannot be changed there, even with the right to: edit them in this web interface.',
        ],
      },
      {
        title: debugging,
        lines: [
          'Quit Calendar and turn on the debug menu and HTTP logging; upper and lower case matter:',
          '$ defaults write com.apple.iCal IncludeDebugMenu YES',
          '$ defaults write com.apple.CalendarAgent LogHTTPActivity -bool YES',
          '$ killall CalendarAgent',
          'Read the log; on macOS 10.12 and later in the terminal, before that in the program Console:',
          '$ log stream --info --debug --predicate \'process == "CalendarAgent"\'',
          'Logging stays on until you turn it off. The log grows fast and holds your password: do not pass it on unread.',
          '$ defaults delete com.apple.CalendarAgent LogHTTPActivity',
          '$ defaults delete com.apple.iCal IncludeDebugMenu',
          '$ killall CalendarAgent',
        ],
      },
    ],
  },
  {
    id: 'ios',
    name: 'iOS Calendar',
    steps: [
      'Easiest: make a profile below, and scan its code with the camera of the iPhone or iPad.',
      'By hand: Settings → Apps → Calendar → Calendar Accounts → Add Account → Other → Add CalDAV Account.',
      'Server: {host}. User name: {user}. Password: an app password from this page.',
    ],
    notes: [
      {
        title: limits,
        lines: [
          'iOS adds its default alert times to appointments without a reminder. Almanac tells it not to; if alerts appear all the same, set Settings → Apps → Calendar → Default Alert Times to None.',
        ],
      },
    ],
  },
  {
    id: 'thunderbird',
    name: 'Thunderbird',
    steps: [
      'Use the latest version, and set up a mail account first: it becomes the identity of your calendars.',
      'Calendar → New Calendar… → On the Network.',
      'User name: {user}. Location: {server} – Thunderbird finds all calendars. Or take the CalDAV URL of one folder: folder tree → menu of the folder → Properties.',
      'Choose the calendars and the mail account as their identity; leave Offline Support on.',
      'Recommended: in the properties of each calendar turn Show Reminders off if another device reminds you already. Dismissing an alarm in Thunderbird removes it from the whole series for all your devices.',
    ],
    notes: [
      {
        title: debugging,
        lines: [
          'Settings → General → Config Editor: set calendar.debug.log and calendar.debug.log.verbose to true, and start Thunderbird again.',
          'Read the messages in Tools → Developer Tools → Error Console. Set both back to false afterwards.',
        ],
      },
      { title: limits, lines: ['Reminders of a recurring appointment are dismissed for all occurrences at once.'] },
    ],
  },
  {
    id: 'em-client',
    name: 'eM Client',
    steps: [
      'Menu → Accounts → Add Account → Calendar → CalDAV.',
      'Address: {server}. User name: {user}. Password: an app password from this page.',
    ],
    notes: [
      {
        title: limits,
        lines: [
          'It repeats the attachments of a series on each changed occurrence; Almanac leaves the repetitions out.',
        ],
      },
    ],
  },
  {
    id: 'davx5',
    name: 'DAVx⁵ (Android)',
    steps: [
      'Add an account → Login with URL and user name.',
      'Base URL: {server}. User name: {user}. Password: an app password from this page.',
      'Choose the calendars and task lists to synchronise. For tasks install Tasks.org or jtx Board as well.',
    ],
    notes: [{ title: debugging, lines: ['DAVx⁵ → Tools → Debug info shows the last request and its answer.'] }],
  },
  {
    id: 'evolution',
    name: 'Evolution',
    steps: [
      'File → New → Collection Account. User name: {user}. Server: {server}.',
      'Look up, enter an app password from this page, and choose Calendar and Tasks.',
    ],
    notes: [
      { title: debugging, lines: ['$ CALDAV_DEBUG=all WEBDAV_DEBUG=all /usr/libexec/evolution-calendar-factory -w'] },
    ],
  },
  {
    id: 'outlook',
    name: 'Outlook (CalDav Synchronizer)',
    steps: [
      'Install CalDav Synchronizer, then in Outlook: CalDav Synchronizer → Synchronization Profiles → Add → Generic CalDAV/CardDAV.',
      'DAV URL: {home} (or the CalDAV URL of one folder). User name: {user}. Password: an app password from this page.',
      'Test or discover settings, and choose the Outlook folder for each calendar.',
    ],
    notes: [
      { title: limits, lines: ['Outlook keeps one reminder for each appointment.'] },
      { title: debugging, lines: ['General Options → Logging → Level Debug; then Show Log.'] },
    ],
  },
  {
    id: 'vdirsyncer',
    name: 'vdirsyncer',
    steps: [
      'Put this into the file ~/.config/vdirsyncer/config, with an app password from this page:',
      '$ [general]\nstatus_path = "~/.local/share/vdirsyncer/status/"\n[pair almanac]\na = "here"\nb = "there"\ncollections = ["from a", "from b"]\n[storage here]\ntype = "filesystem"\npath = "~/.calendars/"\nfileext = ".ics"\n[storage there]\ntype = "caldav"\nurl = "{server}"\nusername = "{user}"\npassword = "…"',
      'Find the calendars, then synchronise:',
      '$ vdirsyncer discover && vdirsyncer sync',
    ],
    notes: [{ title: debugging, lines: ['$ vdirsyncer --verbosity DEBUG sync'] }],
  },
  {
    id: 'python-caldav',
    name: 'Python (caldav)',
    steps: [
      'Install the package, and use an app password from this page:',
      '$ pip install caldav',
      '$ import caldav\nwith caldav.DAVClient(url="{server}", username="{user}", password="…") as client:\n    print(client.principal().calendars())',
    ],
    notes: [{ title: debugging, lines: ['$ import logging; logging.basicConfig(level=logging.DEBUG)'] }],
  },
  {
    id: 'tsdav',
    name: 'JavaScript (tsdav)',
    steps: [
      'Install the package, and use an app password from this page:',
      '$ npm install tsdav',
      "$ import { createDAVClient } from 'tsdav';\nconst client = await createDAVClient({\n  serverUrl: '{server}',\n  credentials: { username: '{user}', password: '…' },\n  authMethod: 'Basic',\n  defaultAccountType: 'caldav',\n});\nconsole.log(await client.fetchCalendars());",
    ],
    notes: [{ title: debugging, lines: ['$ DEBUG=tsdav:* node script.js'] }],
  },
];
