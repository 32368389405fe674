import { useCatalogue } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { boardFields } from '../board/board_fields';
import { Icon } from '../shell/icons';
import { Link, usePlace } from '../shell/router';
import { addressQuery, type ListState } from './list_state';

/** The same records as rows or as a board; what they are narrowed to stays. */
export function ViewSwitch({ entity, state }: { entity: Entity; state: ListState }) {
  const { path } = usePlace();
  if (boardFields(entity, useCatalogue()).length === 0) return null;
  const isBoard = state.board !== null;
  const at = (board: string | null) => path + addressQuery({ ...state, board });
  return (
    <nav className="view-switch" aria-label="View">
      <Link to={at(null)} aria-current={isBoard ? undefined : 'true'} aria-label="List" title="List"><Icon name="menu" size={15} /></Link>
      <Link to={at(state.board ?? '')} aria-current={isBoard ? 'true' : undefined} aria-label="Board" title="Board"><Icon name="board" size={15} /></Link>
    </nav>
  );
}
