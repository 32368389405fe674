import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { sendFile } from '../api/client';
import type { Entity } from '../api/contract';
import { useRefreshAll } from '../api/queries';
import { useLeaveGuard } from '../shell/leave_question';
import { attachmentsPath, attachmentsQuery, refusalOf, type Attachment } from './attachments';

/** A file on its way, or one that was not taken. */
export interface Sending {
  key: number;
  file: File;
  sent: number;
  problem: unknown;
}

const why = { title: 'Leave while files are being sent?', text: 'Those that have not arrived are not attached.' };

let newestKey = 0;

/** Files that are being attached to a record, one after the other. Each is refused for itself. */
export function useSending(entity: Entity, id: number) {
  const client = useQueryClient();
  const refreshAll = useRefreshAll();
  const [sendings, setSendings] = useState<Sending[]>([]);
  const last = useRef<Promise<void>>(Promise.resolve());
  useLeaveGuard(sendings.some(({ problem }) => !problem), why);

  const change = (key: number, part: Partial<Sending>) => setSendings((now) => now.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const forget = (key: number) => setSendings((now) => now.filter((one) => one.key !== key));

  const send = async ({ key, file }: Sending): Promise<boolean> => {
    try {
      const attached = await sendFile<Attachment>(`${attachmentsPath(entity, id)}?name=${encodeURIComponent(file.name)}`, file, (sent) => change(key, { sent }));
      client.setQueryData(attachmentsQuery(entity, id).queryKey, (known) => known && { rows: [...known.rows.filter((row) => row.id !== attached.id), attached] });
      forget(key);
      return true;
    } catch (problem) {
      change(key, { problem });
      return false;
    }
  };

  const sendAll = (wanted: Sending[]) => {
    last.current = last.current.then(async () => {
      let taken = 0;
      for (const one of wanted) if (await send(one)) taken += 1;
      if (taken === 0) return;
      notifications.show({ message: taken === 1 ? 'File attached' : `${taken} files attached`, color: 'teal' });
      void refreshAll();
    });
  };

  const add = (files: File[]) => {
    const fresh = files.map((file) => ({ key: (newestKey += 1), file, sent: 0, problem: refusalOf(file) }));
    setSendings((now) => [...now, ...fresh]);
    sendAll(fresh.filter(({ problem }) => !problem));
  };

  const again = (one: Sending) => {
    change(one.key, { sent: 0, problem: null });
    sendAll([one]);
  };

  return { sendings, add, again, forget };
}
