import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import { apiPath, isStale, read, send } from '../api/client';
import type { Entity, Field, InputField, RecordRow, Transition } from '../api/contract';
import { forgetKey, unansweredBody } from '../api/idempotency';
import { Problem } from '../api/problem';
import { recordQuery, useRefreshAll } from '../api/queries';
import { recordAddress } from '../shell/addresses';
import { useLeaveGuard } from '../shell/leave_question';
import { navigate } from '../shell/router';
import { recordFields } from '../shell/special_pages';
import { draftFrom, isBlank, isChanged, linesOf, type Draft, type DraftValue } from './draft';
import { merged, type Merge } from './merge';
import { changedPayload, errorsOf, newPayload, type FieldErrors, type Payload } from './payload';
import { askedFields, withoutUnasked } from './record_field';

export interface Conflict extends Merge {
  theirs: Draft;
  record: RecordRow;
}

/** One record being edited: its draft, what is wrong with it, and the commands that save and move it. */
export function useRecordEditor(entity: Entity, record: RecordRow | null, prefill: RecordRow | null) {
  const catalogue = useCatalogue();
  const client = useQueryClient();
  const refreshAll = useRefreshAll();
  const lineFieldsOf = useCallback(
    (field: InputField) => lineFields(catalogue.entity(field.entity), entity),
    [catalogue, entity],
  );
  const toDraft = useCallback((row: RecordRow | null) => draftFrom(row, entity.fields, lineFieldsOf), [entity, lineFieldsOf]);

  const [base, setBase] = useState(record);
  const baseDraft = useMemo(() => toDraft(base), [toDraft, base]);
  const [unanswered] = useState(() => (record ? null : unansweredCreation(entity)));
  const [typed, setDraft] = useState<Draft>(() => startingDraft(entity, toDraft, record, unanswered ?? prefill));
  // Fields that the entity has been given since the page was opened begin as they are saved.
  const draft = useMemo(() => ({ ...baseDraft, ...typed }), [baseDraft, typed]);
  const asked = useMemo(() => askedFields(catalogue, entity, draft, recordFields[entity.name]), [catalogue, entity, draft]);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [isSaving, setSaving] = useState(false);
  const isDirty = isChanged(draft, baseDraft, entity.fields);
  const isBehind = isDirty && !isSaving && (record?.version ?? 0) > (base?.version ?? 0);
  useLeaveGuard(isDirty && !isSaving);

  useEffect(() => {
    if (!record || record === base || isSaving || isDirty) return;
    setBase(record);
    setDraft(toDraft(record));
  }, [record, base, isDirty, isSaving, toDraft]);

  const setField = useCallback((name: string, value: DraftValue) => {
    setDraft((now) => ({ ...now, [name]: value }));
    setErrors((now) => withoutErrorsOf(now, name));
  }, []);

  const accept = (saved: RecordRow) => {
    setBase(saved);
    setDraft(toDraft(saved));
    setErrors({});
    setProblem(null);
    setConflict(null);
    if (saved.id !== undefined) client.setQueryData(recordQuery(entity, saved.id).queryKey, saved);
  };

  const refuse = (error: unknown) => {
    setProblem(error);
    if (error instanceof Problem && error.field) setErrors({ [error.field]: error.message });
  };

  const create = async (ready: Draft, transition: Transition | null, input: Payload) => {
    const body = newPayload(ready, entity.fields, lineFieldsOf);
    if (transition && Object.keys(input).length > 0) body['transition_input'] = input as never;
    const path = apiPath(entity.path) + (transition ? `?transition=${transition.name}` : '');
    const saved = await send<RecordRow>({ method: 'POST', path, body });
    accept(saved);
    await navigate(recordAddress(entity, saved.id ?? 0), { replace: true, unguarded: true });
    return saved;
  };

  const change = async (onto: RecordRow, ontoDraft: Draft, ready: Draft) => {
    const body = changedPayload(ready, ontoDraft, entity.fields, lineFieldsOf);
    if (Object.keys(body).length === 0) return onto;
    const saved = await send<RecordRow>({ method: 'PATCH', path: apiPath(entity.path, onto.id ?? 0), body, version: onto.version });
    accept(saved);
    return saved;
  };

  const move = async (from: RecordRow, transition: Transition, input: Payload) => {
    const path = apiPath(entity.path, from.id ?? 0, transition.name);
    const body = Object.keys(input).length > 0 ? input : undefined;
    const saved = await send<RecordRow>({ method: 'POST', path, body, version: from.version });
    accept(saved);
  };

  /** Someone saved meanwhile: what does not collide is merged and saved, the rest is asked. */
  const meetTheirs = async (ready: Draft): Promise<RecordRow | null> => {
    const theirRecord = await read<RecordRow>(apiPath(entity.path, base?.id ?? 0));
    const theirs = toDraft(theirRecord);
    const merge = merged(baseDraft, ready, theirs, entity.fields);
    if (merge.conflicts.length > 0) {
      setConflict({ ...merge, theirs, record: theirRecord });
      return null;
    }
    return change(theirRecord, theirs, merge.draft);
  };

  const runSave = async (work: () => Promise<unknown>, done: string): Promise<boolean> => {
    setSaving(true);
    setProblem(null);
    try {
      if ((await work()) === null) return false;
      notifications.show({ message: done, color: 'teal' });
      return true;
    } catch (error) {
      refuse(error);
      if (isStale(error)) await client.invalidateQueries({ queryKey: ['record', entity.name] });
      return false;
    } finally {
      setSaving(false);
      void refreshAll();
    }
  };

  const save = async (transition: Transition | null = null, input: Payload = {}): Promise<boolean> => {
    const filled = withoutBlankLines(draft, entity, lineFieldsOf);
    setDraft(filled);
    const ready = withoutUnasked(filled, entity, asked);
    const found = !base || isDirty ? errorsOf(ready, asked, lineFieldsOf) : {};
    setErrors(found);
    if (Object.keys(found).length > 0) return false;
    const done = transition ? `${entity.title}: ${transition.label.toLowerCase()} done` : `${entity.title} saved`;
    return runSave(async () => {
      if (!base) return create(ready, transition, input);
      const saved = await change(base, baseDraft, ready).catch((error: unknown) => (isStale(error) ? meetTheirs(ready) : Promise.reject(error)));
      if (saved && transition) await move(saved, transition, input);
      return saved;
    }, done);
  };

  const resolve = (chosen: Draft) => {
    if (!conflict) return;
    const { record: theirRecord, theirs } = conflict;
    setBase(theirRecord);
    setDraft(chosen);
    setConflict(null);
    void runSave(() => change(theirRecord, theirs, chosen), `${entity.title} saved`);
  };

  /** Begins anew from what is saved now, with what was typed: where both changed something, it is asked. */
  const takeOver = () => {
    if (!record) return;
    const theirs = toDraft(record);
    const merge = merged(baseDraft, draft, theirs, entity.fields);
    if (merge.conflicts.length > 0) return setConflict({ ...merge, theirs, record });
    setBase(record);
    setDraft(merge.draft);
  };

  const discard = () => {
    if (unanswered) forgetUnanswered(entity);
    setDraft(baseDraft);
    setErrors({});
    setProblem(null);
  };

  const remove = async () => {
    const isGone = await runSave(
      () => send({ method: 'DELETE', path: apiPath(entity.path, base?.id ?? 0), version: base?.version }).then(() => true),
      `${entity.title} deleted`,
    );
    if (isGone) await navigate(`/${entity.path}`, { replace: true, unguarded: true });
  };

  return {
    record: base, draft, asked, errors, problem, conflict, isDirty, isSaving, isBehind, wasUnanswered: unanswered !== null && isDirty,
    setField, save, resolve, takeOver, discard, remove, lineFieldsOf, cancelConflict: () => setConflict(null),
  };
}

export type RecordEditor = ReturnType<typeof useRecordEditor>;

/** The columns of a document's lines: all but the reference that leads back to the document. */
function lineFields(lines: Entity | undefined, document: Entity): Field[] {
  const isShown = (field: Field) => field.kind !== 'lines' && !(field.kind === 'reference' && field.entity === document.name);
  return lines?.fields.filter(isShown) ?? [];
}

function creationNames(entity: Entity): string[] {
  const transitions = entity.workflow?.transitions.map((transition) => `?transition=${transition.name}`) ?? [];
  return ['', ...transitions].map((query) => `POST ${apiPath(entity.path)}${query}`);
}

function unansweredCreation(entity: Entity): RecordRow | null {
  for (const name of creationNames(entity)) {
    const body = unansweredBody(name) as RecordRow | null;
    if (body) return body;
  }
  return null;
}

function forgetUnanswered(entity: Entity) {
  creationNames(entity).forEach((name) => forgetKey(name));
}

function startingDraft(entity: Entity, toDraft: (row: RecordRow | null) => Draft, record: RecordRow | null, given: RecordRow | null): Draft {
  if (record || !given) return toDraft(record);
  const start = toDraft(null);
  const own = toDraft(given);
  for (const field of entity.fields) if (field.name in given) start[field.name] = own[field.name] ?? null;
  return start;
}

function withoutErrorsOf(errors: FieldErrors, name: string): FieldErrors {
  const kept = Object.entries(errors).filter(([path]) => path !== name && !path.startsWith(`${name}[`));
  return kept.length === Object.keys(errors).length ? errors : Object.fromEntries(kept);
}

function withoutBlankLines(draft: Draft, entity: Entity, lineFieldsOf: RecordEditor['lineFieldsOf']): Draft {
  const ready = { ...draft };
  for (const field of entity.fields.filter((candidate) => candidate.kind === 'lines')) {
    const fields = lineFieldsOf(field);
    ready[field.name] = linesOf(draft, field.name).filter((line) => !isBlank(line, fields));
  }
  return ready;
}
