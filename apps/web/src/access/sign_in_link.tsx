import { Button } from '@mantine/core';
import { useState } from 'react';
import { apiPath, ask } from '../api/client';
import { formatInstant } from '../format/day';
import { Icon } from '../shell/icons';
import { ProblemAlert } from '../shell/page';
import { useAttempt } from './attempt';
import { ShownOnce } from './shown_once';

interface Link {
  link: string;
  expires_at: string;
}

/** A link with which a person chooses a password, at first or when it is forgotten. */
export default function SignInLink({ id }: { id: number }) {
  const [made, setMade] = useState<Link | null>(null);
  const { isBusy, problem, attempt } = useAttempt();
  const make = () => attempt(async () => setMade(await ask<Link>('POST', apiPath('access', 'users', id, 'link'), {})));
  return (
    <>
      <ProblemAlert error={problem} />
      {made && <ShownOnce label="Link" text={location.origin + made.link} hint={`Send this link to them. It lets one person in, once, until ${formatInstant(made.expires_at)}, and is not shown again.`} />}
      <div className="sign-in-link">
        <Button variant="default" leftSection={<Icon name="key" size={14} />} loading={isBusy} onClick={() => void make()}>New sign-in link</Button>
        <span className="soft">With it they choose a password; a link made before stops working.</span>
      </div>
    </>
  );
}
