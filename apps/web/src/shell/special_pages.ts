import type { ComponentType } from 'react';
import { roleLineField } from '../access/role_lines';
import type { Report, ReportAnswer } from '../api/contract';
import { customFieldInput } from '../fields/custom_field';
import type { LineFieldOf, LineInputProps } from '../form/line_input';
import type { RecordFieldOf } from '../form/record_field';
import { sumDecimals } from '../format/decimal';
import { later, type Later } from './later';

/** A part of one entity's record page, below its fields. */
export interface RecordSection {
  title: string;
  component: ComponentType<{ id: number }>;
}

export interface SpecialReport {
  page: Later<{ report: Report }>;
  tile: Later<{ report: Report }>;
}

export interface KeyFigure {
  label: string;
  report: string;
  valueOf: (answer: ReportAnswer) => string;
}

/** The only places where the interface knows a module by name; everything else follows from the catalogue. */
export const recordSections: Record<string, RecordSection[]> = {
  'purchasing.order': [{ title: 'Match', component: later(() => import('../purchasing/order_match')) }],
  'financials.journal_entry': [{ title: 'Lines', component: later(() => import('../financials/entry_lines')) }],
  'access.user': [
    { title: 'Signing in', component: later(() => import('../access/sign_in_link')) },
    { title: 'What this person sees and does', component: later(() => import('../access/user_rights')) },
  ],
};

/** Lines of one field that are not typed like a sheet, and fields of lines whose choices the catalogue gives. */
export const lineInputs: Record<string, ComponentType<LineInputProps>> = {
  'access.role.permissions': later(() => import('../access/role_permissions')),
};
export const lineFields: Record<string, LineFieldOf> = {
  'access.role.rules': roleLineField,
  'access.role.fields': roleLineField,
};

/** Fields of a record whose choices the catalogue gives, or that are asked for only where the record's other fields say so. */
export const recordFields: Record<string, RecordFieldOf> = {
  'fields.custom_field': customFieldInput,
};

export interface OwnPage {
  path: string;
  title: string;
  page: Later<object>;
  /** Shown in the navigation at this place to who has the permission; without, it is reached from elsewhere. */
  menu?: { module: string; group: string; permission: string };
}

const operation = { module: 'access', group: 'Operation' };

/** Pages that no entity and no report is behind. */
export const ownPages: OwnPage[] = [
  { path: '/account', title: 'My account', page: later(() => import('../access/account_page')) },
  { path: '/audit', title: 'Audit trail', page: later(() => import('../operation/audit_page')), menu: { ...operation, permission: 'access.administer' } },
  { path: '/jobs', title: 'Jobs', page: later(() => import('../operation/jobs_page')), menu: { ...operation, permission: 'jobs.manage' } },
  { path: '/system', title: 'System', page: later(() => import('../operation/system_page')), menu: { ...operation, permission: 'access.administer' } },
];

/** Lists that stand elsewhere in the navigation than below a module of their own; null: they are reached from another page. */
export const listPlaces: Record<string, { module: string; group: string } | null> = {
  'mail.message': operation,
  'attachments.attachment': operation,
  'jobs.job': null,
  'jobs.delivery': null,
};

export const specialReports: Record<string, SpecialReport> = {
  'purchasing.holds': {
    page: later(() => import('../purchasing/holds_board')),
    tile: later(() => import('../purchasing/holds_tile')),
  },
};

const totalOf = (...columns: string[]) => (answer: ReportAnswer) => sumDecimals(columns.map((column) => String(answer.totals?.[column] ?? '0')));

/** What the start page shows first, from reports as they are with their usual parameters. */
export const keyFigures: KeyFigure[] = [
  { label: 'Result of the year', report: 'financials.income_statement', valueOf: (answer) => String(answer.rows.at(-1)?.['amount'] ?? '0') },
  { label: 'Owed to suppliers', report: 'financials.payables_ageing', valueOf: totalOf('total') },
  { label: 'Of it overdue', report: 'financials.payables_ageing', valueOf: totalOf('days_1_to_30', 'days_31_to_60', 'days_61_to_90', 'days_over_90') },
  { label: 'Stock', report: 'inventory.valuation', valueOf: totalOf('value') },
];
