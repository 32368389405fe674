import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, Field, RecordRow } from '../api/contract';
import { listQuery } from '../api/queries';
import { ListFrame } from '../list/list_frame';
import type { ListViewProps } from '../list/list_page';
import { addressQuery } from '../list/list_state';
import { recordAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { ProblemAlert } from '../shell/page';
import { Link, usePlace } from '../shell/router';
import { toneOf } from '../shell/state_badge';
import { addMonths, dayFields, daysQuery, entryFields, isMonth, monthTitle, shownMax, stateOfDays, weeksOf } from './calendar_days';
import './calendar.css';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const entriesMax = 5;

/** The list as a month: each record on its day, by the field that was chosen. */
export default function ListCalendar({ entity, state, change, on }: ListViewProps & { on: Field }) {
  const { today } = useCatalogue();
  const { path } = usePlace();
  const asked = state.calendar?.month ?? '';
  const month = isMonth(asked) ? asked : today.slice(0, 7);
  const weeks = useMemo(() => weeksOf(month), [month]);
  const from = weeks[0]![0]!;
  const to = weeks[weeks.length - 1]![6]!;
  const fields = useMemo(() => entryFields(entity), [entity]);
  const query = useMemo(
    () => daysQuery(state, entity, on, [fields.time?.name, fields.whom?.name].filter((name) => name !== undefined), from, to),
    [state, entity, on, fields, from, to],
  );
  const { data, error } = useQuery({ ...listQuery(entity, query), placeholderData: keepPreviousData });
  const days = useMemo(() => byDay(data?.rows ?? [], on), [data, on]);
  const total = data?.total ?? undefined;
  const show = (next: string) => change({ ...state, calendar: { by: state.calendar?.by ?? '', month: next } });

  return (
    <ListFrame
      entity={entity} state={state} change={change} total={total}
      tools={
        <>
          <div className="calendar-months" role="group" aria-label="Month">
            <ActionIcon variant="default" size={30} aria-label="Month before" onClick={() => show(addMonths(month, -1))}><Icon name="back" size={14} /></ActionIcon>
            <Button variant="default" disabled={month === today.slice(0, 7)} onClick={() => show('')}>This month</Button>
            <ActionIcon variant="default" size={30} aria-label="Month after" onClick={() => show(addMonths(month, 1))}><Icon name="chevron" size={14} /></ActionIcon>
          </div>
          {dayFields(entity).length > 1 && (
            <NativeSelect
              className="board-by" aria-label="Days of the calendar" value={on.name} data={dayFields(entity).map((field) => ({ value: field.name, label: `By ${field.label.toLowerCase()}` }))}
              onChange={(event) => change({ ...state, calendar: { month: asked, by: event.currentTarget.value } })}
            />
          )}
        </>
      }
    >
      <ProblemAlert error={error} />
      {total !== undefined && total > shownMax && <p role="status" className="soft">{`The first ${shownMax} of ${total} are shown; narrow the list to see all.`}</p>}
      <div className="calendar" tabIndex={0} role="region" aria-label={`${entity.plural} of ${monthTitle(month)}`}>
        <table>
          <caption>{monthTitle(month)}</caption>
          <thead><tr>{weekdays.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week[0]}>
                {week.map((day) => (
                  <Day
                    key={day} day={day} isBeside={!day.startsWith(month)} isToday={day === today} entity={entity} fields={fields}
                    rows={days.get(day) ?? []} listAddress={path + addressQuery(stateOfDays(state, on, day, day))}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </ListFrame>
  );
}

interface DayProps {
  day: string;
  isBeside: boolean;
  isToday: boolean;
  entity: Entity;
  fields: ReturnType<typeof entryFields>;
  rows: RecordRow[];
  listAddress: string;
}

function Day({ day, isBeside, isToday, entity, fields, rows, listAddress }: DayProps) {
  const shown = rows.length > entriesMax ? rows.slice(0, entriesMax - 1) : rows;
  return (
    <td data-day={day} data-beside={isBeside ? '' : undefined} data-today={isToday ? '' : undefined} aria-current={isToday ? 'date' : undefined}>
      <time dateTime={day}>{Number(day.slice(8))}</time>
      {rows.length > 0 && (
        <ul aria-label={day}>
          {shown.map((row) => <li key={row.id}><Entry entity={entity} row={row} fields={fields} /></li>)}
          {rows.length > shown.length && <li><Link to={listAddress} className="calendar-more">{`${rows.length - shown.length} more`}</Link></li>}
        </ul>
      )}
    </td>
  );
}

function Entry({ entity, row, fields }: { entity: Entity; row: RecordRow; fields: ReturnType<typeof entryFields> }) {
  const name = labelOf(row[entity.display]) || `#${row.id}`;
  const time = fields.time ? labelOf(row[fields.time.name]) : '';
  const whom = fields.whom ? labelOf(row[fields.whom.name]) : '';
  const state = entity.workflow ? entity.workflow.states.find((one) => one.name === row[entity.workflow!.field]) : undefined;
  const said = [time, name, whom, state?.label].filter(Boolean).join(' · ');
  return (
    <Link to={recordAddress(entity, row.id ?? 0)} className="calendar-entry" data-tone={state ? toneOf(entity, state.name) : 'quiet'} title={said} aria-label={said}>
      {time && <b>{time}</b>} {name}{whom && <span> {whom}</span>}
    </Link>
  );
}

function byDay(rows: RecordRow[], on: Field): Map<string, RecordRow[]> {
  const days = new Map<string, RecordRow[]>();
  for (const row of rows) {
    const day = String(row[on.name] ?? '').slice(0, 10);
    const there = days.get(day);
    if (there) there.push(row);
    else days.set(day, [row]);
  }
  return days;
}
