import { useEffect, useRef, useState } from 'preact/hooks';
import { removeAttachment, uploadAttachment, uploadFault } from '../api/attachments.js';
import { Refused } from '../api/request.js';
import type { Attachment } from '../api/types.js';
import { tellFault } from '../state/stores.js';
import type { Chosen } from './attachment-fields.js';

export interface Files {
  readonly chosen: readonly Chosen[];
  /** Ids of those that are to go. */
  readonly removed: readonly string[];
  readonly choose: (files: readonly File[]) => void;
  readonly drop: (file: File) => void;
  readonly remove: (attachment: Attachment) => void;
  /** Carries it out on an object that is there. @returns whether all went well; what did not stays chosen, with its fault */
  readonly send: (href: string) => Promise<boolean>;
}

/** Files that wait for an appointment to be saved. What is under way ends with the editor. */
export function useFiles(): Files {
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const sending = useRef(new Map<File, AbortController>());
  const isGone = useRef(false);
  useEffect(
    () => () => {
      isGone.current = true;
      sending.current.forEach((each) => each.abort());
    },
    [],
  );

  const mark = (file: File, changes: Partial<Chosen>): void =>
    setChosen((all) => all.map((each) => (each.file === file ? { ...each, ...changes } : each)));
  const drop = (file: File): void => {
    sending.current.get(file)?.abort();
    setChosen((all) => all.filter((each) => each.file !== file));
  };
  const sendOne = async (href: string, file: File): Promise<boolean> => {
    if (isGone.current) return true;
    const control = new AbortController();
    sending.current.set(file, control);
    mark(file, { progress: 0, fault: '' });
    try {
      await uploadAttachment(href, file, {
        signal: control.signal,
        progress: (progress) => mark(file, { progress }),
      });
      drop(file);
      return true;
    } catch (fault) {
      if (control.signal.aborted) return true;
      mark(file, { progress: null, fault: uploadFault(fault) });
      if (fault instanceof Refused && fault.status === 401) tellFault(fault);
      return false;
    } finally {
      sending.current.delete(file);
    }
  };
  const removeAll = async (href: string): Promise<boolean> => {
    try {
      for (const id of removed) await removeAttachment(href, id);
      return true;
    } catch (fault) {
      tellFault(fault);
      return false;
    } finally {
      setRemoved([]);
    }
  };
  const send = async (href: string): Promise<boolean> => {
    let isWhole = await removeAll(href);
    for (const { file } of chosen) isWhole = (await sendOne(href, file)) && isWhole;
    return isWhole;
  };
  return {
    chosen,
    removed,
    choose: (files) => setChosen([...chosen, ...files.map((file) => ({ file, progress: null, fault: '' }))]),
    drop,
    remove: ({ managedId }) => managedId !== null && setRemoved([...removed, managedId]),
    send,
  };
}
