import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useAttempt } from '../access/attempt';
import { labelOf, useCatalogue } from '../api/catalogue';
import { apiPath, send } from '../api/client';
import type { Entity, ReportRow, Transition } from '../api/contract';
import { Problem } from '../api/problem';
import { recordQuery, useRefreshAll } from '../api/queries';
import { draftFrom, type Draft } from '../form/draft';
import { FieldInput } from '../form/field_input';
import { errorsOf, newPayload, type FieldErrors } from '../form/payload';
import { recordAddress } from '../shell/addresses';
import { ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';

interface CallDetailsProps {
  entity: Entity;
  row: ReportRow;
  transition: Transition | undefined;
  outcome: string | null;
  onOutcome: (outcome: string) => void;
  /** Grows each time Enter is pressed in the list. */
  wantsSaving: number;
  onSaved: () => void;
}

/** The chosen call: why now, what to say, and what came of it. */
export function CallDetails({ entity, row, transition, outcome, onOutcome, wantsSaving, onSaved }: CallDetailsProps) {
  const parties = useCatalogue().entity('directory.party');
  const refreshAll = useRefreshAll();
  const id = Number(row['call_id']);
  const { data: call, error } = useQuery(recordQuery(entity, id));
  const input = transition?.input ?? [];
  const outcomes = input.find((field) => field.name === 'outcome')?.choices ?? [];
  const asked = input.filter((field) => ['note', 'call_again_on'].includes(field.name));
  const questions = row['kind'] === 'reassurance' ? input.filter((field) => field.kind === 'integer') : [];
  const [draft, setDraft] = useState<Draft>(() => draftFrom(null, input));
  const [errors, setErrors] = useState<FieldErrors>({});
  const { isBusy, problem, attempt } = useAttempt();
  const refused = problem instanceof Problem && problem.field ? { [problem.field]: problem.message } : {};

  const save = () => {
    if (!transition || !outcome) return;
    const ready = { ...draft, outcome };
    const found = errorsOf(ready, input);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    void attempt(async () => {
      await send({ method: 'POST', path: apiPath(entity.path, id, transition.name), body: newPayload(ready, input), version: call?.version });
      notifications.show({ message: `${String(row['party'])}: ${outcomes.find(({ value }) => value === outcome)?.label ?? outcome}`, color: 'teal' });
      await refreshAll();
      onSaved();
    });
  };
  const seen = useRef(wantsSaving);
  useEffect(() => {
    if (seen.current === wantsSaving) return;
    seen.current = wantsSaving;
    save();
  });

  const fieldOf = (field: (typeof input)[number]) => (
    <FieldInput key={field.name} field={field} value={draft[field.name]} error={errors[field.name] ?? refused[field.name]} onChange={(value) => setDraft((now) => ({ ...now, [field.name]: value }))} />
  );
  return (
    <section className="panel call-details" aria-label={`Call: ${String(row['party'])}`}>
      <div className="panel-head">
        <h2>{parties ? <Link className="plain-link" to={recordAddress(parties, Number(row['party_id']))}>{String(row['party'])}</Link> : String(row['party'])}</h2>
        {row['phone'] && <a className="plain-link" href={`tel:${String(row['phone']).replace(/[^+\d]/g, '')}`}>{String(row['phone'])}</a>}
        <div className="page-head-fill" />
        <Link className="plain-link" to={recordAddress(entity, id)}>Open</Link>
      </div>
      <div className="panel-body">
        <ProblemAlert error={error ?? (problem && Object.keys(refused).length === 0 ? problem : null)} />
        {row['reason'] && <p className="soft call-reason">{String(row['reason'])}</p>}
        <p className="call-script">{labelOf(call?.['script'])}</p>
        {transition?.permitted && (
          <>
            <div className="call-outcomes" role="group" aria-label="What came of it">
              {outcomes.map(({ value, label }, index) => (
                <button key={value} type="button" aria-pressed={outcome === value} onClick={() => onOutcome(value)}><kbd aria-hidden>{index + 1}</kbd>{label}</button>
              ))}
            </div>
            <div className="field-grid">{asked.map(fieldOf)}</div>
            {questions.length > 0 && (
              <details className="call-questions"><summary>The seven questions, 1 (not at all) to 7 (very much)</summary><div className="field-grid">{questions.map(fieldOf)}</div></details>
            )}
            <Button disabled={!outcome} loading={isBusy} onClick={save}>Save and go on</Button>
          </>
        )}
      </div>
    </section>
  );
}
