import { ActionIcon, Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { isDestructive, stateOf } from '../api/catalogue';
import { apiPath } from '../api/client';
import type { Entity, RecordRow, Transition } from '../api/contract';
import { TransitionDialog } from '../form/transition_dialog';
import { recordAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { ProblemAlert } from '../shell/page';
import { navigate } from '../shell/router';
import { permittedTransition } from './asset';
import { useMoving } from './use_moving';

const forward = ['verify', 'submit', 'send_back', 'revive'];
const others = ['publish', 'merge_into', 'retire'];

/** Writing on, what moves the asset forward, and behind the dots what is done seldom. */
export function AssetActions({ entity, id, record }: { entity: Entity; id: number; record: RecordRow }) {
  const [asked, ask] = useState<Transition | null>(null);
  const { isBusy, problem, move, clear } = useMoving(entity, id);
  const named = (names: string[]) => names.flatMap((name) => permittedTransition(entity, record, name) ?? []);
  const mayEdit = entity.editable && stateOf(entity, record['state'])?.editable !== false;
  const start = (transition: Transition) => {
    clear();
    if (transition.input.length > 0 || isDestructive(transition)) ask(transition);
    else void move(transition);
  };
  const hidden = named(others);
  return (
    <>
      {problem !== null && !asked && <ProblemAlert error={problem} />}
      {mayEdit && <Button variant="default" leftSection={<Icon name="pen" size={14} />} onClick={() => void navigate(`${recordAddress(entity, id)}?view=edit`)}>Edit</Button>}
      {named(forward).map((transition, index) => (
        <Button key={transition.name} variant={index === 0 ? 'filled' : 'default'} loading={isBusy && !asked} title={transition.help || undefined} onClick={() => start(transition)}>{transition.label}</Button>
      ))}
      <Menu>
        <Menu.Target><ActionIcon variant="default" size={30} aria-label="More actions"><Icon name="dots" /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="columns" size={14} />} onClick={() => void navigate(`${recordAddress(entity, id)}?view=form`)}>All fields, history</Menu.Item>
          <Menu.Item leftSection={<Icon name="print" size={14} />} onClick={() => print()}>Print</Menu.Item>
          {(entity.files ?? []).map((file) => <Menu.Item key={file.name} component="a" href={apiPath(entity.path, id, 'files', file.name)} download leftSection={<Icon name="download" size={14} />}>{file.title}</Menu.Item>)}
          {hidden.map((transition) => (
            <Menu.Item key={transition.name} title={transition.help || undefined} {...(isDestructive(transition) ? { c: 'var(--bad)' } : {})} onClick={() => start(transition)}>{transition.label}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asked && (
        <TransitionDialog
          entity={entity} transition={asked} problem={problem} isBusy={isBusy} onClose={() => ask(null)}
          run={async (input) => (await move(asked, input)) !== null}
        />
      )}
    </>
  );
}
