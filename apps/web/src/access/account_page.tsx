import { useSession } from './session';
import { MessagePage, Page } from '../shell/page';
import './access.css';
import { OwnSessions } from './own_sessions';
import { OwnTokens } from './own_tokens';
import { PasswordPanel } from './password_panel';
import { SecondFactorPanel } from './second_factor_panel';

/** What belongs to oneself: password, second factor, where one is signed in, and the tokens of one's programs. */
export default function AccountPage() {
  const session = useSession();
  if (!session) return null;
  if (session.kind === 'open') return <MessagePage title="My account"><p className="soft">This server acts for one given actor, so there is no account to look after.</p></MessagePage>;
  return (
    <Page title="My account" badge={<span className="soft">{session.user.full_name || session.user.name}, signs in as {session.user.name}</span>}>
      <div className="account">
        <div className="account-column">
          <PasswordPanel session={session} />
          <SecondFactorPanel session={session} />
        </div>
        <div className="account-column">
          <OwnSessions />
          <OwnTokens session={session} />
        </div>
      </div>
    </Page>
  );
}
