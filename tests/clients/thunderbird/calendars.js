/*
 * Runs inside Thunderbird with its own rights, in front of each call of `support/thunderbird.ts`: what its windows do when
 * a person uses them. Calendars are named by their URL.
 */
const { cal } = ChromeUtils.importESModule('resource:///modules/calendar/calUtils.sys.mjs');
const load = (name) => ChromeUtils.importESModule(`resource:///modules/${name}.sys.mjs`)[name];

const calendarAt = (url) => {
  const found = cal.manager.getCalendars().find(({ uri }) => uri.spec === url);
  if (found === undefined) throw new Error(`Thunderbird has no calendar ${url}`);
  return found;
};

const allItems = (calendar) => calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null);

const itemOf = async (url, uid) => {
  const found = await calendarAt(url).getItem(uid);
  if (!found) throw new Error(`Thunderbird has no ${uid} in ${url}`);
  return found;
};

const textOf = (item) => {
  const serializer = new (load('CalIcsSerializer'))();
  serializer.addItems([item]);
  return serializer.serializeToString();
};

/** The one occurrence that starts then, `20261124T110000Z`. */
const occurrenceOf = (parent, start) => {
  const occurrence = parent.recurrenceInfo.getOccurrenceFor(cal.createDateTime(start));
  if (!occurrence) throw new Error(`${parent.id} does not occur at ${start}`);
  return occurrence;
};

const service = (name, type) => Cc[`@mozilla.org/calendar/${name};1`].getService(type);

/** Nothing waits for that there: a person clicks later. */
const passwordSaved = async (user, origin) => {
  for (let tries = 0; tries < 100; tries += 1) {
    const logins = await Services.logins.searchLoginsAsync({ origin });
    if (logins.some(({ username }) => username === user)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no password of ${user} is saved for ${origin}`);
};

// oxlint-disable-next-line no-unused-vars -- what is put behind this file calls one of them
const calendars = {
  /**
   * The dialog "New calendar, on the network": what it finds is added, with the offline cache. A folder is one calendar
   * file as well; a person chooses CalDAV there.
   */
  async subscribe({ user, password, location }) {
    const found = await cal.provider.detection.detect(user, password, location, true, [], {});
    await passwordSaved(user, new URL(location).origin);
    const [, caldav = []] = [...found].find(([{ type }]) => type === 'caldav') ?? [];
    return caldav.map((calendar) => {
      calendar.setProperty('cache.enabled', true);
      cal.manager.registerCalendar(calendar);
      return { name: calendar.name, url: calendar.uri.spec, readOnly: calendar.readOnly };
    });
  },

  /** The button "Synchronize". */
  refresh({ url }) {
    calendarAt(url).refresh();
  },

  /** What it shows of the calendar, as it would export it. */
  async texts({ url }) {
    return (await allItems(calendarAt(url))).map(textOf);
  },

  async add({ url, text }) {
    const parser = new (load('CalIcsParser'))();
    parser.parseString(text);
    for (const item of parser.getItems()) await calendarAt(url).addItem(item);
  },

  /** Another title, for one occurrence only where its start is given. */
  async rename({ url, uid, title, occurrence }) {
    const before = await itemOf(url, uid);
    const after = before.clone();
    if (occurrence === undefined) after.title = title;
    else {
      const exception = occurrenceOf(after, occurrence).clone();
      exception.title = title;
      after.recurrenceInfo.modifyException(exception, true);
    }
    await calendarAt(url).modifyItem(after, before);
  },

  /** The check box of a task. */
  async complete({ url, uid }) {
    const before = await itemOf(url, uid);
    const after = before.clone();
    after.isCompleted = true;
    await calendarAt(url).modifyItem(after, before);
  },

  async remove({ url, uid }) {
    await calendarAt(url).deleteItem(await itemOf(url, uid));
  },

  /** The reminders that its reminder window shows: titles and starts. */
  reminders() {
    const { mAlarms } = service('alarm-monitor', Ci.calIAlarmServiceObserver).wrappedJSObject;
    return mAlarms.map(([item]) => ({ title: item.title, start: item.startDate.getInTimezone(cal.dtz.UTC).icalString }));
  },

  /** "Dismiss" in the reminder window. */
  async dismiss({ title }) {
    await service('alarm-service', Ci.calIAlarmService).dismissAlarm(...shownReminder(title));
  },

  /** "Snooze" there. */
  async snooze({ title, minutes }) {
    const duration = cal.createDuration(`PT${minutes}M`);
    const [item, alarm] = shownReminder(title);
    await service('alarm-service', Ci.calIAlarmService).snoozeAlarm(item, alarm, duration);
  },
};

/** Its item and its alarm. */
const shownReminder = (title) => {
  const { mAlarms } = service('alarm-monitor', Ci.calIAlarmServiceObserver).wrappedJSObject;
  const found = mAlarms.find(([item]) => item.title === title);
  if (found === undefined) throw new Error(`no reminder of ${title} is shown`);
  return found;
};
