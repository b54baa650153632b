import { type MemberRecord, streamName } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import {
  detailsOf,
  type FoundObject,
  mayHaveWords,
  propertyOf,
  searchedWords,
  type SearchedWords,
  searchObject,
  type Zone,
} from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import { recordsOf } from '../properties/describe-members.js';
import type { RequestContext } from '../request-context.js';
import { foldersIn, homeResource, memberResource } from '../resources/folders.js';
import type { CollectionResource, MemberResource } from '../resources/resource.js';
import { textOf } from '../resources/view.js';
import { takeTurns } from '../take-turns.js';
import { json } from './api-request.js';
import { memberJson, objectIn } from './object-json.js';
import { zoneOfRequest } from './zone-of-request.js';

const maxText = 200;
const mostItems = 200;
const pageSize = 200;
/** So many are gathered before the nearest are taken; who finds more asks for more words. */
const maxFound = 1_000;
/** Members and milliseconds that one search may take. */
const maxMembers = 100_000;
const patience = 5_000;

/** Appointments and tasks of all folders that the actor sees, by words of theirs; never by what is masked (V4). */
export async function search(context: RequestContext): Promise<DavResponse> {
  const words = wordsOf(context);
  const limit = limitOf(context);
  const now = Math.floor(Date.now() / 1000);
  const walk = new Walk(context, words, { now, observer: zoneOfRequest(context) });
  const home = await homeResource(context, context.principal.id);
  for (const folder of home === null ? [] : await foldersIn(context, home)) await walk.through(folder);
  const found = walk.found.toSorted((a, b) => distance(a, now) - distance(b, now));
  return json(200, { items: found.slice(0, limit).map(foundJson), more: !walk.isWhole || found.length > limit });
}

function wordsOf({ request }: RequestContext): SearchedWords {
  const text = request.query.get('text') ?? '';
  const words = searchedWords(text);
  if (words.length > 0 && text.length <= maxText) return words;
  throw new DavError(400, { detail: `Give words to look for in text, with at most ${maxText} characters.` });
}

function limitOf({ request }: RequestContext): number {
  const limit = Number(request.query.get('limit') ?? 50);
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostItems) return limit;
  throw new DavError(400, { detail: `limit is a number from 1 to ${mostItems}.` });
}

interface Found extends FoundObject {
  readonly resource: MemberResource;
}

interface At {
  /** UTC seconds. */
  readonly now: number;
  readonly observer: Zone;
}

/** One search, with what it may still take. */
class Walk {
  readonly found: Found[] = [];
  readonly #context: RequestContext;
  readonly #words: SearchedWords;
  readonly #at: At;
  readonly #until = performance.now() + patience;
  #members = 0;
  #isOver = false;

  constructor(context: RequestContext, words: SearchedWords, at: At) {
    this.#context = context;
    this.#words = words;
    this.#at = at;
  }

  /** False where there may be more than was found. */
  get isWhole(): boolean {
    return !this.#isOver;
  }

  /** Whoever sees busy times alone finds nothing by what they are not shown. */
  async through(folder: CollectionResource): Promise<void> {
    if (folder.right === 'see-busy' || this.#isOver) return;
    const listed = await this.#context.ports.members.list(streamName(folder.collection.stream));
    for (let start = 0; start < listed.length && !this.#isOver; start += pageSize) {
      const names = listed.slice(start, start + pageSize).map(({ name }) => name);
      for (const record of await recordsOf(this.#context, folder, names)) {
        this.#look(folder, record);
        await takeTurns();
        if (this.#isSpent()) break;
      }
      this.#members += names.length;
      this.#isOver = this.#isSpent();
    }
  }

  /** One object with a dense series can take as long as all others together. */
  #isSpent(): boolean {
    const isFull = this.#members >= maxMembers || this.found.length >= maxFound;
    return isFull || performance.now() > this.#until || this.#context.closing.aborted;
  }

  #look(folder: CollectionResource, record: MemberRecord): void {
    if (!mayHaveWords(textOf(record), this.#words)) return;
    const resource = memberResource(folder, record);
    const object = resource.member.masked === true ? null : objectIn(resource);
    const found = object === null ? null : searchObject(object, this.#words, this.#at);
    if (found !== null) this.found.push({ ...found, resource });
  }
}

/** What comes next stands first, then what was last; what has no time at the end. */
function distance({ shown }: Found, now: number): number {
  if (shown === null) return Number.POSITIVE_INFINITY;
  const seconds = Date.parse(`${shown.end.slice(0, 10)}T${shown.end.slice(11) || '00:00:00'}Z`) / 1000 - now;
  return seconds >= 0 ? seconds : 1e12 - seconds;
}

function foundJson({ item, shown, resource }: Found) {
  const { title, location, categories, isPrivate, isFree, status } = detailsOf(item);
  const { home, segment } = resource.collection;
  return {
    ...memberJson(resource),
    folder: `${home}/${segment}`,
    component: item.component.name,
    recurrenceId: shown?.recurrenceId ?? null,
    allDay: shown?.allDay ?? false,
    start: item.start === null ? null : (shown?.start ?? null),
    end: shown?.end ?? null,
    summary: title,
    ...{ title, location, categories, isPrivate, isFree, status },
    organizer: propertyOf(item.component, 'ORGANIZER')?.value ?? null,
  };
}
