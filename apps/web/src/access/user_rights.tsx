import { useQuery } from '@tanstack/react-query';
import { fieldNamed, useCatalogue } from '../api/catalogue';
import { Icon } from '../shell/icons';
import { ProblemAlert } from '../shell/page';
import './access.css';
import { ConditionView } from './condition_view';
import { groupedByModule, rightsQuery, type Rights } from './permissions';

/** What a person may do, by module and with the role that lets them, which records they see and which fields they do not. */
export default function UserRights({ id }: { id: number }) {
  const { data, error } = useQuery(rightsQuery(id));
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <span className="soft">…</span>;
  return (
    <div className="rights">
      <Doings rights={data} />
      <Sights rights={data} />
    </div>
  );
}

function Doings({ rights }: { rights: Rights }) {
  const catalogue = useCatalogue();
  const groups = groupedByModule(rights.permissions, catalogue);
  const idle = groups.filter((group) => !group.permissions.some((permission) => permission.granted));
  return (
    <section>
      <h3>May do</h3>
      {groups.filter((group) => !idle.includes(group)).map((group) => (
        <div key={group.module} className="rights-module">
          <h4>{group.title}</h4>
          <ul>
            {group.permissions.map((permission) => (
              <li key={permission.name} data-granted={permission.granted ? '' : undefined} title={permission.name}>
                <Icon name={permission.granted ? 'check' : 'close'} size={13} />
                <span>{permission.granted ? '' : <span className="hidden-text">Not: </span>}{permission.title}</span>
                {permission.by.length > 0 && <span className="rights-by">{permission.by.join(', ')}</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {idle.length > 0 && <p className="soft">Nothing in {listed(idle.map((group) => group.title))}.</p>}
    </section>
  );
}

function Sights({ rights }: { rights: Rights }) {
  const catalogue = useCatalogue();
  const titles = (sees: string) => rights.rules.filter((rule) => rule.sees === sees).map((rule) => rule.title);
  const narrowed = rights.rules.filter((rule) => rule.sees === 'some');
  return (
    <section>
      <h3>Sees</h3>
      {narrowed.map((rule) => (
        <div key={rule.entity} className="rights-rule">
          <b>{rule.title}</b>, only where{' '}
          {rule.conditions.map((all, index) => (
            <span key={index}>
              {index > 0 && <i> or where </i>}
              {all.map((text, at) => <span key={text}>{at > 0 && <i> and </i>}<ConditionView text={text} entity={catalogue.entity(rule.entity)} /></span>)}
            </span>
          ))}
        </div>
      ))}
      {titles('all').length > 0 && <p><b>All</b> {listed(titles('all')).toLowerCase()}.</p>}
      {titles('none').length > 0 && <p className="soft"><b>No</b> {listed(titles('none')).toLowerCase()}.</p>}
      {rights.fields.length > 0 && (
        <>
          <h3>Fields kept from them</h3>
          <ul className="rights-fields">
            {rights.fields.map(({ entity, field, access }) => {
              const known = catalogue.entity(entity);
              return (
                <li key={`${entity} ${field}`}>
                  {known?.title ?? entity}: {(known && fieldNamed(known, field)?.label) ?? field} <span className="state" data-tone={access === 'hidden' ? 'warn' : 'quiet'}>{access === 'hidden' ? 'Hidden' : 'Read only'}</span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}

function listed(names: string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
