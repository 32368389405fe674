import { later } from './later';
import { ownPages, specialReports } from './special_pages';

export const CardPanels = later(() => import('../slots/card_panels'));
export const RecordPanels = later(() => import('../slots/record_panels'));

export const Dashboard = later(() => import('./dashboard'), () => [CardPanels, ...Object.values(specialReports).flatMap(({ tile }) => tile ?? [])]);
export const DeclaredPage = later(() => import('../slots/declared_page'));
export const ReportIndex = later(() => import('../report/report_index'));
export const ReportPage = later(() => import('../report/report_page'));
export const ListPage = later(() => import('../list/list_page'));
export const RecordPage = later(() => import('../form/record_page'), () => [RecordPanels]);

/** Lists and records come next for nearly everyone. */
export async function fetchUsualPages() {
  await Promise.all([ListPage.fetch(), RecordPage.fetch()]);
}

/** Fetches what an address most likely leads to, before it is known what the company has. */
export async function fetchPageAt(path: string) {
  await pageAt(path).fetch();
}

function pageAt(path: string) {
  const own = ownPages.find((candidate) => candidate.path === path);
  if (own) return own.page;
  if (path === '/') return Dashboard;
  if (path === '/reports') return ReportIndex;
  if (path.startsWith('/reports/')) return specialReports[path.split('/').slice(2).join('.')]?.page ?? ReportPage;
  return /\/(new|\d+)$/.test(path) ? RecordPage : ListPage;
}
