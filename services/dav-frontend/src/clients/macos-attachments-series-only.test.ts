import { expect, it } from 'vitest';
import { isSeriesOnly } from './macos-attachments-series-only.js';

it.each([
  ['Mac+OS+X/10.11 (15A283) CalendarAgent/361', true],
  ['Mac_OS_X/10.9.5 (13F34) CalendarAgent/176.2', true],
  ['Mac OS X/10.15.7 (19H2) CalendarAgent/930.5.1', true],
  ['macOS/11.0 (20A1) CalendarAgent/950', true],
  ['macOS/12.6.3 (21G419) CalendarAgent/961.4.2', true],
  ['macOS/13.4 (22F66) dataaccessd/1.0', true],
  ['macOS/15.1 (24B83) dataaccessd/1.0', true],
  ['iOS/17.1 (21B74) dataaccessd/1.0', false],
  ['macOS/13.4 (22F66) accountsd/113', false],
  ['Mac OS X/10.15.7 (19H2) AddressBookCore/2483', false],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Thunderbird/115.0', false],
  ['DAVx5/4.4 (2024/01/01; dav4jvm; okhttp/4.12.0) Android/14', false],
  [undefined, false],
])('A3, C7: %s: %s', (agent, expected) => expect(isSeriesOnly(agent)).toBe(expected));
