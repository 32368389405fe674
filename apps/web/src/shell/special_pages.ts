import { lazy, type ComponentType } from 'react';
import type { Report } from '../api/contract';

/** A part of one entity's record page, below its fields. */
export interface RecordSection {
  title: string;
  component: ComponentType<{ id: number }>;
}

export interface SpecialReport {
  page: ComponentType<{ report: Report }>;
  tile: ComponentType<{ report: Report }>;
}

/** The only places where the interface knows a module by name; everything else follows from the catalogue. */
export const recordSections: Record<string, RecordSection[]> = {
  'purchasing.order': [{ title: 'Match', component: lazy(() => import('../purchasing/order_match')) }],
};

export const specialReports: Record<string, SpecialReport> = {
  'purchasing.holds': {
    page: lazy(() => import('../purchasing/holds_board')),
    tile: lazy(() => import('../purchasing/holds_tile')),
  },
};
