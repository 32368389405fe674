import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useFocusGivenBack } from '../shell/focus';
import { MosaicFrame } from './mosaic_frame';
import { begin, lookForSession, sessionQuery, type Session } from './session';
import { SignInForm } from './sign_in_form';

const companyName = 'tessera.company';

export function rememberCompany(name: string): void {
  localStorage.setItem(companyName, name);
}

function rememberedCompany(): string {
  return localStorage.getItem(companyName) ?? 'Tessera';
}

/** In place of the page that was asked for; it comes when somebody has signed in. */
export function SignInPage() {
  const client = useQueryClient();
  useEffect(() => { document.title = 'Sign in · Tessera'; }, []);
  return (
    <MosaicFrame company={rememberedCompany()}>
      <SignInForm title="Sign in" hint="With the name that your administrator gave you." onSignedIn={(session) => begin(client, session)} />
    </MosaicFrame>
  );
}

/**
 * Over a page whose session has ended: the browser makes everything below it unreachable and leaves it as it is, so what was typed is
 * there afterwards. When the session is found again, as in another window, it goes by itself.
 */
export function SignInAgain() {
  const client = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const known = client.getQueryData<Session>(sessionQuery.queryKey);
  useFocusGivenBack();
  useEffect(() => {
    const look = () => void lookForSession().then((session) => session && begin(client, session));
    dialog.current?.showModal();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [client]);
  return (
    <dialog ref={dialog} className="sign-in-again" aria-label="Sign in again" onCancel={(event) => event.preventDefault()} onClose={() => dialog.current?.showModal()}>
      <MosaicFrame company={rememberedCompany()}>
        <SignInForm
          title="Sign in again" hint="Your session has ended. What you were doing is still here." name={known?.user.name ?? ''}
          onSignedIn={(session) => begin(client, session)}
        />
      </MosaicFrame>
    </dialog>
  );
}
