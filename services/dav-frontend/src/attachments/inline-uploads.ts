import { caldav, dav, type DavError, forbidden } from '@almanac/dav-protocol';
import { InlineFault, type SeparatedContent, separateInline } from '@almanac/icalendar';
import type { BlobRecord } from '@almanac/ports';
import type { RequestContext } from '../request-context.js';
import { demandAttachmentCount } from './attachment-count.js';
import { attachmentRoom } from './attachment-room.js';
import { storeContent } from './store-content.js';
import type { CollectionResource } from '../resources/resource.js';

/** The inline attachments of a PUT: each is stored while the body is read, and never part of the text (A5, A6). */
export class InlineUploads {
  readonly #context: RequestContext;
  readonly #folder: CollectionResource;
  #contents: readonly SeparatedContent<BlobRecord>[] = [];

  constructor(context: RequestContext, folder: CollectionResource) {
    this.#context = context;
    this.#folder = folder;
  }

  /** What was found; to be asked once the body has been read. */
  get contents(): readonly SeparatedContent<BlobRecord>[] {
    return this.#contents;
  }

  /**
   * The body's octets without the contents of inline attachments.
   * @throws DavError 403 and 507 for what is too large, too much or not base64
   */
  async separate(limit: number): Promise<Uint8Array> {
    const { request } = this.#context;
    let room: number | null = null;
    let count = 0;
    try {
      const { octets, contents } = await separateInline(request.body(), {
        limit,
        tooLarge: () => tooLarge(limit),
        keep: async (content) => {
          demandWrite(this.#folder);
          count += 1;
          demandAttachmentCount(this.#context, count);
          room ??= (await attachmentRoom(this.#context, this.#folder.collection.home)).left;
          const blob = await storeContent(this.#context, content, room);
          room -= blob.size;
          return blob;
        },
      });
      this.#contents = contents;
      return octets;
    } catch (error) {
      if (!(error instanceof InlineFault)) throw error;
      throw forbidden(
        caldav('valid-calendar-data'),
        `An inline attachment cannot be read: ${error.message} (line ${error.line}).`,
      );
    }
  }
}

/** Nobody fills the storage of others who may not write there. */
function demandWrite({ privileges }: CollectionResource): void {
  if (privileges.includes('{DAV:}write-content')) return;
  throw forbidden(dav('need-privileges'), 'Your rights on this calendar do not let you add attachments.');
}

const tooLarge = (limit: number): DavError =>
  forbidden(
    caldav('max-resource-size'),
    `A resource may have ${limit} octets at most, its attachments not counted; leave out what makes this one larger.`,
  );
