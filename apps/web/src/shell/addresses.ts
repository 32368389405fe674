import { isDeclared, type Catalogue } from '../api/catalogue';
import type { Entity, Page } from '../api/contract';
import { ownPages, type OwnPage } from './special_pages';

/** Every address of the interface is made here. Report names lose their dot: the server takes a dot for a file. */
export function listAddress(entity: Entity, query?: Record<string, string>): string {
  const text = query ? new URLSearchParams(query).toString() : '';
  return `/${entity.path}${text ? `?${text}` : ''}`;
}

export function recordAddress(entity: Entity, id: number): string {
  return `/${entity.path}/${id}`;
}

export function newRecordAddress(entity: Entity): string {
  return `/${entity.path}/new`;
}

export function reportPageAddress(catalogue: Catalogue, report: string, parameters?: Record<string, string>): string {
  const page = catalogue.pageOf(report);
  const text = parameters ? new URLSearchParams(parameters).toString() : '';
  const path = page ? page.path : `reports/${report.replace('.', '/')}`;
  return `/${path}${text ? `?${text}` : ''}`;
}

export type Destination =
  | { page: 'dashboard' }
  | { page: 'reports' }
  | { page: 'report'; name: string }
  | { page: 'list'; entity: Entity }
  | { page: 'record'; entity: Entity; id: number | null }
  | { page: 'declared'; declared: Page }
  | { page: 'own'; own: OwnPage }
  | { page: 'missing' };

export function destinationOf(catalogue: Catalogue, path: string): Destination {
  const parts = path.split('/').filter(Boolean);
  if (parts.length === 0) return { page: 'dashboard' };
  const own = ownPages.find((candidate) => candidate.path === path);
  if (own) return own.entity && !catalogue.entity(own.entity) ? { page: 'missing' } : { page: 'own', own };
  if (parts[0] === 'reports') return reportDestination(catalogue, parts.slice(1));
  const page = catalogue.pageAt(parts.join('/'));
  if (page && isDeclared(page)) return { page: 'declared', declared: page };
  if (page?.report) return { page: 'report', name: page.report };
  const entity = catalogue.entityAt(parts.join('/'));
  if (entity) return { page: 'list', entity };
  return recordDestination(catalogue, parts);
}

function reportDestination(catalogue: Catalogue, parts: string[]): Destination {
  if (parts.length === 0) return { page: 'reports' };
  const name = parts.join('.');
  return catalogue.report(name) ? { page: 'report', name } : { page: 'missing' };
}

function recordDestination(catalogue: Catalogue, parts: string[]): Destination {
  const entity = catalogue.entityAt(parts.slice(0, -1).join('/'));
  const last = parts.at(-1) ?? '';
  if (!entity) return { page: 'missing' };
  if (last === 'new') return { page: 'record', entity, id: null };
  return /^\d+$/.test(last) ? { page: 'record', entity, id: Number(last) } : { page: 'missing' };
}
