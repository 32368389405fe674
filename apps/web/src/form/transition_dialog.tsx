import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { isDestructive } from '../api/catalogue';
import type { Entity, Transition } from '../api/contract';
import { Problem } from '../api/problem';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/page';
import { draftFrom, type Draft } from './draft';
import { FieldInput } from './field_input';
import { errorsOf, newPayload, type FieldErrors, type Payload } from './payload';

interface TransitionDialogProps {
  entity: Entity;
  transition: Transition;
  /** Runs the transition; answers whether it was done. */
  run: (input: Payload) => Promise<boolean>;
  problem: unknown;
  isBusy: boolean;
  onClose: () => void;
}

/** Asks for what a transition takes, or, when it takes nothing, whether it is meant. */
export function TransitionDialog({ entity, transition, run, problem, isBusy, onClose }: TransitionDialogProps) {
  const [draft, setDraft] = useState<Draft>(() => draftFrom(null, transition.input));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [wasRefused, setRefused] = useState(false);
  const refused = wasRefused && problem instanceof Problem && problem.field ? { [problem.field]: problem.message } : {};
  const submit = async () => {
    const found = errorsOf(draft, transition.input);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    if (await run(newPayload(draft, transition.input))) onClose();
    else setRefused(true);
  };
  return (
    <Dialog onClose={onClose} title={`${transition.label}: ${entity.title.toLowerCase()}`}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        {transition.help && <p className="dialog-help">{transition.help}</p>}
        {wasRefused && <ProblemAlert error={problem} />}
        <div className="dialog-fields">
          {transition.input.map((field, index) => (
            <FieldInput
              key={field.name} field={field} value={draft[field.name]} autoFocus={index === 0}
              error={errors[field.name] ?? refused[field.name]} onChange={(value) => setDraft((now) => ({ ...now, [field.name]: value }))}
            />
          ))}
        </div>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={onClose}>{isDestructive(transition) ? 'Keep it' : 'Close'}</Button>
          <Button type="submit" loading={isBusy} color={isDestructive(transition) ? 'red.9' : 'petrol'}>{transition.label}</Button>
        </Group>
      </form>
    </Dialog>
  );
}
