import { formatSize } from '../text/format.js';
import { faultText } from '../text/fault-text.js';
import { t } from '../text/t.js';
import { ofPage, Refused, refusalOf, send } from './request.js';

/** Files of an appointment, over CalDAV (RFC 8607 3.4); of a series, those of all its occurrences. */

interface UploadOptions {
  /** Told how much has gone, 0 to 1. */
  readonly progress: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends a file; a request object of the older kind, since fetch tells nothing of how far it is.
 * @throws Refused with the server's reason; DOMException AbortError where it was cancelled
 */
export function uploadAttachment(href: string, file: File, { progress, signal }: UploadOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 1 : loaded / total);
    request.onload = () => {
      const answer = new Response(request.responseText, {
        ...{ status: request.status, statusText: request.statusText },
        headers: { 'Content-Type': request.getResponseHeader('Content-Type') ?? '' },
      });
      if (answer.ok) resolve();
      else void refusalOf(answer).then(reject, reject);
    };
    request.onerror = () => reject(new Error(t('uploadFailed')));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    request.onloadend = () => signal.removeEventListener('abort', cancel);
    signal.addEventListener('abort', cancel);
    request.open('POST', `${href}?action=attachment-add`);
    for (const [name, value] of Object.entries(ofPage)) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', file.type === '' ? 'application/octet-stream' : file.type);
    request.setRequestHeader('Content-Disposition', `attachment; filename*=UTF-8''${encoded(file.name)}`);
    request.send(file);
  });
}

/** RFC 8187 3.2.1. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

export const removeAttachment = (href: string, managedId: string): Promise<Response> =>
  send('POST', `${href}?action=attachment-remove&managed-id=${encodeURIComponent(managedId)}`);

/** Why a file was not taken, in plain words. */
export function uploadFault(fault: unknown): string {
  if (!(fault instanceof Refused)) return faultText(fault);
  const { status, message, body } = fault;
  if (status === 507) return t('storageFull');
  if (body['code'] === 'max-attachments-per-resource') return t('tooManyFiles');
  if (body['code'] !== 'max-attachment-size') return faultText(fault);
  const limit = /\d+/.exec(message)?.[0];
  return limit === undefined ? t('fileTooLarge') : t('fileLargerThan', { size: formatSize(Number(limit)) });
}
