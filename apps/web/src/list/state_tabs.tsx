import type { Entity } from '../api/contract';
import { addressQuery, type ListState } from './list_state';
import { Link, usePlace } from '../shell/router';

interface StateTabsProps {
  entity: Entity;
  state: ListState;
}

/** One click from all documents to those in one state. */
export function StateTabs({ entity, state }: StateTabsProps) {
  const { path } = usePlace();
  const name = entity.workflow?.field ?? '';
  const others = state.filters.filter((filter) => filter.field !== name);
  const chosen = state.filters.filter((filter) => filter.field === name);
  const isOnly = (value: string) =>
    chosen.length === 1 && chosen[0]?.value === value && (chosen[0].operator === 'equals' || chosen[0].operator === 'in');
  const tabs = [
    { label: 'All', filters: others, isCurrent: chosen.length === 0 },
    ...(entity.workflow?.states ?? []).map((candidate) => ({
      label: candidate.label,
      filters: [...others, { field: name, operator: 'equals' as const, value: candidate.name }],
      isCurrent: isOnly(candidate.name),
    })),
  ];
  return (
    <nav className="state-tabs" aria-label="State">
      {tabs.map((tab) => (
        <Link key={tab.label} to={path + addressQuery({ ...state, filters: tab.filters })} aria-current={tab.isCurrent ? 'true' : undefined}>
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
