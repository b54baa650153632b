import type { ShareRight } from '@almanac/contracts';
import { type Dav, davClient, defaultFolders } from '../support/dav-client.js';
import { type TestedService, testedService } from './tested-service.js';

/** Ada shares; bob is shared with by name, cleo by a group within a group, dan by nothing. */
const seed = `
tenants:
  - id: example
    hosts: [localhost, 127.0.0.1]
    domains: [example.org]
    profile: standard
    users:
      - {id: ada, login: ada, password: ada, name: Ada, addresses: [ada@example.org]}
      - {id: bob, login: bob, password: bob, name: Bob, addresses: [bob@example.org, robert@example.org]}
      - {id: cleo, login: cleo, password: cleo, name: Cleo, addresses: [cleo@example.org]}
      - {id: dan, login: dan, password: dan, name: Dan, addresses: [dan@example.org]}
      - {id: user01, login: user01, password: user01, name: User 01}
    groups:
      - {id: inner, name: Inner, members: [cleo]}
      - {id: crew, name: Crew, members: [inner]}
      - {id: nobody, name: Nobody, members: []}
  - id: sharing-rival
    hosts: [dav.sharing-rival.example]
    domains: [sharing-rival.example]
    profile: standard
    users:
      - {id: ada, login: ada, password: ada, name: Another Ada}
      - {id: bob, login: bob, password: bob, name: Another Bob}
`;

export interface Sharing {
  readonly tested: TestedService;
  readonly as: Readonly<Record<'ada' | 'bob' | 'cleo' | 'dan', Dav>>;
  /** Default calendars. */
  readonly calendars: Readonly<Record<string, string>>;
}

export async function sharingService(): Promise<Sharing> {
  const tested = await testedService({ seed });
  const client = (user: string): Dav => davClient(tested.service.url, user);
  const as = { ada: client('ada'), bob: client('bob'), cleo: client('cleo'), dan: client('dan') };
  const calendars: Record<string, string> = {};
  for (const [user, dav] of Object.entries(as)) calendars[user] = (await defaultFolders(dav, user)).calendar;
  return { tested, as, calendars };
}

const api = (folder: string, id = ''): string =>
  folder.replace(/^\/calendars\//, '/api/v1/folders/').replace(/\/$/, `/shares${id === '' ? '' : `/${id}`}`);

/** Sets what somebody may do in a folder, as its owner; null takes the share back. */
export async function share(dav: Dav, folder: string, id: string, right: ShareRight | null): Promise<void> {
  const answer =
    right === null
      ? await dav('DELETE', api(folder, id))
      : await dav('PUT', api(folder, id), {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ right }),
        });
  if (answer.status >= 300) throw new Error(`share ${folder} with ${id}: ${answer.status} ${answer.body}`);
}

export const sharesUrl = api;

/** The URL of a folder in the home of whom it is shared with. */
export function inHomeOf(viewer: string, folder: string): string {
  const [, , home, segment] = folder.split('/');
  return `/calendars/${viewer}/${home}~${segment}/`;
}
