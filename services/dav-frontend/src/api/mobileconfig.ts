import { escapeText } from '@almanac/dav-protocol';

export interface AppleAccount {
  /** Of the profile: a second one with it takes the place of the first. */
  readonly id: string;
  /** Scheme and authority. */
  readonly server: string;
  /** The principal's path. */
  readonly principal: string;
  readonly user: string;
  readonly name: string;
  readonly password: string;
}

type Value = string | number | boolean | readonly Payload[];
interface Payload {
  readonly [key: string]: Value;
}

/** A configuration profile with one CalDAV account (Apple, com.apple.caldav.account), unsigned. */
export function mobileconfig({ id, server, principal, user, name, password }: AppleAccount): string {
  const { protocol, hostname, port } = new URL(server);
  const secure = protocol === 'https:';
  const account: Payload = {
    PayloadType: 'com.apple.caldav.account',
    PayloadVersion: 1,
    PayloadIdentifier: `almanac.${id}.caldav`,
    PayloadUUID: id.replace(/^.{8}/, 'a1a1a1a1'),
    PayloadDisplayName: 'Almanac',
    CalDAVAccountDescription: `Almanac (${name})`,
    CalDAVHostName: hostname,
    CalDAVPort: port === '' ? (secure ? 443 : 80) : Number(port),
    CalDAVUseSSL: secure,
    CalDAVPrincipalURL: `${server}${principal}`,
    CalDAVUsername: user,
    CalDAVPassword: password,
  };
  return document({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: `almanac.${id}`,
    PayloadUUID: id,
    PayloadDisplayName: `Almanac (${name})`,
    PayloadContent: [account],
  });
}

const document = (payload: Payload): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">${write(payload)}</plist>
`;

const write = (payload: Payload): string =>
  `<dict>${Object.entries(payload)
    .map(([key, value]) => `<key>${key}</key>${writeValue(value)}`)
    .join('')}</dict>`;

function writeValue(value: Value): string {
  if (typeof value === 'string') return `<string>${escapeText(value)}</string>`;
  if (typeof value === 'number') return `<integer>${value}</integer>`;
  if (typeof value === 'boolean') return value ? '<true/>' : '<false/>';
  return `<array>${value.map(write).join('')}</array>`;
}
