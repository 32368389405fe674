import { Alert, Button, Group } from '@mantine/core';
import { useState } from 'react';
import { apiPath, sendCsv } from '../api/client';
import type { Entity } from '../api/contract';
import { useRefreshAll } from '../api/queries';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/page';

/** A CSV file, all rows or none; when none, the server's sentence says which row and why. */
export function ImportDialog({ entity, onClose }: { entity: Entity; onClose: () => void }) {
  const refreshAll = useRefreshAll();
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState<{ created: number; updated: number } | null>(null);
  const [isSending, setSending] = useState(false);
  const columns = entity.fields.filter((field) => !field.read_only && field.kind !== 'lines');

  const run = async () => {
    if (!file) return;
    setSending(true);
    setError(null);
    try {
      setDone(await sendCsv(apiPath(entity.path, 'import'), await file.text()));
      void refreshAll();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setSending(false);
    }
  };

  return (
    <Dialog onClose={onClose} title={`Import ${entity.plural.toLowerCase()}`} size="lg">
      <p className="dialog-help">
        A CSV file whose first row names the columns. Either every row is imported or none.
      </p>
      <p className="import-columns">
        {columns.map((field) => (
          <code key={field.name} title={field.label} data-required={field.required ? '' : undefined}>{field.name}</code>
        ))}
      </p>
      <label className="import-file">
        <span>File</span>
        <input type="file" accept=".csv,text/csv" data-autofocus onChange={(event) => { setFile(event.currentTarget.files?.[0] ?? null); setDone(null); setError(null); }} />
      </label>
      <ProblemAlert error={error} title="Nothing was imported" />
      {done && <Alert color="teal" role="status">{done.created} created, {done.updated} updated.</Alert>}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>Close</Button>
        <Button disabled={!file || done !== null} loading={isSending} onClick={() => void run()}>Import</Button>
      </Group>
    </Dialog>
  );
}
