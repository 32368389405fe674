import { useCatalogue } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { boardFields } from '../board/board_fields';
import { dayFields } from '../calendar/calendar_days';
import { Icon, type IconName } from '../shell/icons';
import { Link, usePlace } from '../shell/router';
import { addressQuery, type ListState } from './list_state';

/** The same records as rows, as a board or in a calendar; what they are narrowed to stays. */
export function ViewSwitch({ entity, state }: { entity: Entity; state: ListState }) {
  const { path } = usePlace();
  const hasBoard = boardFields(entity, useCatalogue()).length > 0;
  const hasCalendar = dayFields(entity).length > 0;
  if (!hasBoard && !hasCalendar) return null;
  const shown = state.board !== null ? 'Board' : state.calendar ? 'Calendar' : 'List';
  const views: { name: string; icon: IconName; at: Partial<ListState> }[] = [
    { name: 'List', icon: 'menu', at: {} },
    ...(hasBoard ? [{ name: 'Board', icon: 'board' as const, at: { board: state.board ?? '' } }] : []),
    ...(hasCalendar ? [{ name: 'Calendar', icon: 'calendar' as const, at: { calendar: state.calendar ?? { month: '', by: '' } } }] : []),
  ];
  return (
    <nav className="view-switch" aria-label="View">
      {views.map(({ name, icon, at }) => (
        <Link key={name} to={path + addressQuery({ ...state, board: null, calendar: null, ...at })} aria-current={shown === name ? 'true' : undefined} aria-label={name} title={name}>
          <Icon name={icon} size={15} />
        </Link>
      ))}
    </nav>
  );
}
