import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSession } from '../access/session';
import { fieldNamed, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { listQuery } from '../api/queries';
import { useRecordEditor, type RecordEditor } from '../form/record_editor';
import { forgetText, keepText, keptPlace, keptText } from './kept_text';

const keptFields = ['title', 'kind', 'summary', 'body'];

export function textOf(editor: RecordEditor, name: string): string {
  const value = editor.draft[name];
  return typeof value === 'string' ? value : '';
}

/**
 * A record editor that keeps the text over a reload, and begins with the headings of the kind. Text that was kept goes on from the
 * record as it was then: what somebody saved meanwhile is merged or asked about when it is saved, as in every form.
 */
export function useAssetEditor(entity: Entity, record: RecordRow | null, prefill: RecordRow | null) {
  const session = useSession();
  const place = keptPlace(session?.user.id ?? 0, entity.name, record?.id ?? null);
  const [kept] = useState(() => keptText(place));
  const [isBeginning, setBeginning] = useState(kept?.record != null);
  const editor = useRecordEditor(entity, isBeginning && kept?.record ? kept.record : record, prefill);
  const [isAcknowledged, acknowledge] = useState(false);
  const { setField, isDirty, draft } = editor;

  useEffect(() => {
    for (const [name, text] of Object.entries(kept?.texts ?? {})) setField(name, text);
    setBeginning(false);
  }, [kept, setField]);

  const texts = JSON.stringify(keptFields.filter((name) => fieldNamed(entity, name)).map((name) => [name, draft[name] ?? '']));
  const base = editor.record;
  useEffect(() => {
    if (isDirty) keepText(place, { record: base, texts: Object.fromEntries(JSON.parse(texts) as [string, string][]) });
    else forgetText(place);
  }, [isDirty, texts, base, place]);

  const template = useTemplate(textOf(editor, 'kind'), textOf(editor, 'language') || 'en');
  const [lastTemplate, setLastTemplate] = useState('');
  const [choosesTemplate, chooseTemplate] = useState(false);
  useEffect(() => {
    if (!choosesTemplate || template === null) return;
    chooseTemplate(false);
    const body = typeof draft['body'] === 'string' ? draft['body'] : '';
    if (record !== null || (body.trim() !== '' && body !== lastTemplate)) return;
    setLastTemplate(template);
    setField('body', template);
  }, [choosesTemplate, template, draft, record, lastTemplate, setField]);

  return {
    editor, template,
    chooseKind: (kind: string) => { setField('kind', kind); chooseTemplate(true); },
    kept: { isShown: kept !== null && isDirty && !isAcknowledged, discard: () => { acknowledge(true); editor.discard(); } },
  };
}

/** The headings with which a kind begins; "" where there are none, null while they are not known. */
function useTemplate(kind: string, language: string): string | null {
  const templates = useCatalogue().entity('knowledge.template');
  const { data, isPlaceholderData } = useQuery({
    ...listQuery(templates ?? missing, new URLSearchParams({ kind, active: 'true', limit: '10', count: 'false', fields: 'kind,language,body' })), enabled: templates !== undefined && kind !== '', staleTime: 60_000,
  });
  if (!data || isPlaceholderData) return null;
  const own = data.rows.find((row) => row['language'] === language) ?? data.rows[0];
  return typeof own?.['body'] === 'string' ? own['body'] : '';
}

const missing = { name: '', path: '' } as Entity;
