import { useState } from 'react';
import { useSession } from '../access/session';
import { isDeclared, useCatalogue, type Catalogue } from '../api/catalogue';
import type { MenuGroup } from '../api/contract';
import { listAddress, reportPageAddress } from './addresses';
import { Icon } from './icons';
import { Link, usePlace } from './router';
import { offeredPages } from './offered_pages';
import { listPlaces } from './special_pages';

interface NavigationItem {
  label: string;
  to: string;
}

interface NavigationGroup {
  title: string;
  items: NavigationItem[];
}

export interface NavigationModule {
  name: string;
  title: string;
  groups: NavigationGroup[];
}

const groupTitles: [MenuGroup, string][] = [
  ['documents', 'Documents'],
  ['master_data', 'Master data'],
  ['ledgers', 'Ledgers'],
  ['setup', 'Setup'],
];

/** The modules that are built on others come first: daily work before what it rests on. */
export function navigationOf(catalogue: Catalogue, granted: string[]): NavigationModule[] {
  const { modules, entities, pages } = catalogue.document;
  return modules
    .map((module) => {
      const entityGroups = groupTitles.map(([menu, title]) => ({
        title,
        items: entities
          .filter((entity) => entity.module === module.name && entity.menu === menu && !(entity.name in listPlaces))
          .map((entity) => ({ label: entity.plural, to: listAddress(entity) })),
      }));
      const ownPages = pages
        .filter((page) => !isDeclared(page) && catalogue.report(page.report ?? '')?.module === module.name)
        .map((page) => ({ label: page.title, to: `/${page.path}` }));
      const ownReports = catalogue.reportsInMenu
        .filter((report) => report.module === module.name && !catalogue.pageOf(report.name))
        .map((report) => ({ label: report.title, to: reportPageAddress(catalogue, report.name) }));
      entityGroups[0]?.items.push(...ownPages);
      const declared = catalogue.declaredPagesOf(module.name).map((page) => ({ label: page.title, to: `/${page.path}` }));
      const own = ownGroups(catalogue, module.name, granted);
      const pagesOfModule = { title: 'Pages', items: [...declared, ...(own.find(({ title }) => title === 'Pages')?.items ?? [])] };
      const groups = [pagesOfModule, ...entityGroups, { title: 'Reports', items: ownReports }, ...own.filter(({ title }) => title !== 'Pages')].filter((group) => group.items.length > 0);
      return { name: module.name, title: module.title, groups };
    })
    .filter((module) => module.groups.length > 0)
    .reverse();
}

function ownGroups(catalogue: Catalogue, module: string, granted: string[]): NavigationGroup[] {
  const pages = offeredPages(catalogue, granted)
    .filter(({ menu }) => menu?.module === module)
    .map((page) => ({ group: page.menu?.group ?? '', label: page.title, to: page.path }));
  const lists = Object.entries(listPlaces).flatMap(([name, place]) => {
    const entity = catalogue.entity(name);
    return entity && place?.module === module ? [{ group: place.group, label: entity.plural, to: listAddress(entity) }] : [];
  });
  const all = [...pages, ...lists].sort((left, right) => left.label.localeCompare(right.label));
  return [...new Set(all.map(({ group }) => group))].map((title) => ({ title, items: all.filter(({ group }) => group === title) }));
}

export function Navigation() {
  const catalogue = useCatalogue();
  const session = useSession();
  const { path } = usePlace();
  const modules = navigationOf(catalogue, session?.permissions ?? []);
  return (
    <nav className="navigation" aria-label="Modules">
      <ul className="navigation-start">
        <li><NavigationLink item={{ label: 'Start', to: '/' }} isCurrent={path === '/'} icon="home" /></li>
        <li><NavigationLink item={{ label: 'All reports', to: '/reports' }} isCurrent={path === '/reports'} icon="report" /></li>
      </ul>
      {modules.map((module, index) => (
        <ModuleMenu key={module.name} module={module} path={path} isOpenAtFirst={index === 0 || modules.length <= 3} />
      ))}
    </nav>
  );
}

function ModuleMenu({ module, path, isOpenAtFirst }: { module: NavigationModule; path: string; isOpenAtFirst: boolean }) {
  const holdsPlace = module.groups.some((group) => group.items.some((item) => isWithin(path, item.to)));
  const [isOpen, setOpen] = useOpened(module.name, isOpenAtFirst);
  const isShown = isOpen || holdsPlace;
  return (
    <div className="navigation-module">
      <button type="button" aria-expanded={isShown} onClick={() => setOpen(!isShown)}>
        <Icon name="chevron" size={13} />
        {module.title}
      </button>
      {isShown &&
        module.groups.map((group) => (
          <div key={group.title}>
            <div className="navigation-group">{group.title}</div>
            <ul>
              {group.items.map((item) => (
                <li key={item.to}><NavigationLink item={item} isCurrent={isWithin(path, item.to)} /></li>
              ))}
            </ul>
          </div>
        ))}
    </div>
  );
}

function NavigationLink({ item, isCurrent, icon }: { item: NavigationItem; isCurrent: boolean; icon?: 'home' | 'report' }) {
  return (
    <Link to={item.to} aria-current={isCurrent ? 'page' : undefined}>
      {icon && <Icon name={icon} size={15} />}
      {item.label}
    </Link>
  );
}

function isWithin(path: string, to: string): boolean {
  return path === to || path.startsWith(`${to}/`);
}

function useOpened(module: string, otherwise: boolean): [boolean, (open: boolean) => void] {
  const name = `tessera.navigation.${module}`;
  const [isOpen, setOpen] = useState(() => (localStorage.getItem(name) ?? String(otherwise)) === 'true');
  return [isOpen, (open) => { localStorage.setItem(name, String(open)); setOpen(open); }];
}
