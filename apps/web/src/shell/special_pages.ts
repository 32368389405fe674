import type { ComponentType } from 'react';
import { roleLineField } from '../access/role_lines';
import type { Entity, RecordRow, Report, ReportAnswer } from '../api/contract';
import { customFieldInput } from '../fields/custom_field';
import type { LineFieldOf, LineInputProps } from '../form/line_input';
import type { RecordFieldOf } from '../form/record_field';
import { sumDecimals } from '../format/decimal';
import type { IconName } from './icons';
import { later, type Later } from './later';

/** A part of one entity's record page, below its fields. */
export interface RecordSection {
  title: string;
  component: ComponentType<{ id: number }>;
  /** Left out where this entity is not loaded, or not for this person. */
  entity?: string;
}

export interface SpecialReport {
  page: Later<{ report: Report }>;
  /** On the start page, where it deserves one. */
  tile?: Later<{ report: Report }>;
}

export interface KeyFigure {
  label: string;
  report: string;
  valueOf: (answer: ReportAnswer) => string;
}

/** The only places where the interface knows a module by name; everything else follows from the catalogue. */
export const recordSections: Record<string, RecordSection[]> = {
  'purchasing.order': [{ title: 'Match', component: later(() => import('../purchasing/order_match')) }],
  'sales.quotation': [{ title: 'How its prices were found', component: later(() => import('../sales/quotation_prices')) }],
  'financials.journal_entry': [{ title: 'Lines', component: later(() => import('../financials/entry_lines')) }],
  'directory.party': [
    { title: 'Open orders', component: later(() => import('../customer/open_orders')), entity: 'sales.order' },
    { title: 'Open opportunities', component: later(() => import('../customer/open_opportunities')), entity: 'crm.opportunity' },
    { title: 'Open complaints', component: later(() => import('../customer/open_complaints')), entity: 'crm.complaint' },
  ],
  'knowledge.guide': [{ title: 'Versions', component: later(() => import('../knowledge/guide_versions')), entity: 'knowledge.guide_version' }],
  'access.user': [
    { title: 'Signing in', component: later(() => import('../access/sign_in_link')) },
    { title: 'What this person sees and does', component: later(() => import('../access/user_rights')) },
  ],
};

/** Entities whose records have pages of their own, new ones too; ?view=form shows a record as all others are shown. */
export const recordPages: Record<string, Later<{ entity: Entity; id: number | null }>> = {
  'knowledge.asset': later(() => import('../knowledge/asset_page')),
  'knowledge.walk': later(() => import('../knowledge/walk_page')),
  'knowledge.guide_version': later(() => import('../knowledge/guide_editor')),
  'knowledge.review': later(() => import('../knowledge/after_action_page')),
  'knowledge.community': later(() => import('../knowledge/community_page')),
  'knowledge.transfer_plan': later(() => import('../knowledge/transfer_page')),
};

/** What stands above the fields of one entity's records. */
export const recordHeads: Record<string, ComponentType<{ id: number; record: RecordRow }>> = {
  'directory.party': later(() => import('../customer/customer_facts')),
  'crm.merge': later(() => import('../merging/merge_comparison')),
};

/** What stands beside the records of documents and master data, above their history, where this report is there to ask. */
export const recordAsides: { report: string; of: (entity: Entity) => boolean; component: ComponentType<{ entity: Entity; record: RecordRow; isShown: boolean }> }[] = [
  {
    report: 'knowledge.assets_about', of: ({ module, menu }) => module !== 'knowledge' && (menu === 'documents' || menu === 'master_data'),
    component: later(() => import('../knowledge/record_knowledge')),
  },
];

/** Panels of modules that are drawn in their own way; null: another of them says it already. */
export const specialPanels: Record<string, ComponentType<{ title: string; record: RecordRow }> | null> = {
  'crm.party_timeline': later(() => import('../customer/timeline_panel')),
  'sales.order_stages': later(() => import('../sales/order_tracking')),
  'sales.order_lines': null,
  'sales.price_trace': null,
  'crm.deal_members': later(() => import('../buying/buying_centre')),
  'crm.deal_criteria': null,
  'crm.deal_conflicts': null,
};

/** Lines of one field that are not typed like a sheet, and fields of lines whose choices the catalogue gives. */
export const lineInputs: Record<string, ComponentType<LineInputProps>> = {
  'access.role.permissions': later(() => import('../access/role_permissions')),
  'crm.segment.conditions': later(() => import('../segments/segment_conditions')),
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
  /** Left out where this entity is not loaded, or not for this person. */
  entity?: string;
}

const operation = { module: 'access', group: 'Operation' };

/** Pages that no entity and no report is behind. */
export const ownPages: OwnPage[] = [
  { path: '/search', title: 'Search', page: later(() => import('../search/search_page')) },
  { path: '/knowledge/review', title: 'To look after', page: later(() => import('../knowledge/review_page')), entity: 'knowledge.asset', menu: { module: 'knowledge', group: 'Pages', permission: 'knowledge.read' } },
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

/** What stands before records of different kinds in one list. */
export const recordIcons: Record<string, IconName> = {
  'knowledge.asset': 'book', 'knowledge.published': 'book', 'knowledge.guide': 'route', 'catalog.product': 'box', 'crm.complaint': 'complaint', 'directory.party': 'person', 'directory.contact': 'person', 'directory.employee': 'person',
};

/** What a search finds a second time, as the record that it stands for. */
export const searchTwins: Record<string, string> = { 'knowledge.published': 'knowledge.asset' };

/** What a search that found nothing may become, with its words in one field. */
export const searchOffers = [
  { entity: 'knowledge.question', field: 'text', label: 'Ask an expert' },
  { entity: 'knowledge.asset', field: 'title', label: 'Write it' },
];

export const specialReports: Record<string, SpecialReport> = {
  'purchasing.holds': {
    page: later(() => import('../purchasing/holds_board')),
    tile: later(() => import('../purchasing/holds_tile')),
  },
  'sales.margin': { page: later(() => import('../margin/margin_page')) },
  'crm.duplicates': { page: later(() => import('../merging/duplicates_page')) },
  'crm.todays_calls': { page: later(() => import('../calls/calls_page')) },
  'knowledge.experts': { page: later(() => import('../knowledge/experts_page')) },
  'knowledge.at_risk': { page: later(() => import('../knowledge/risk_page')) },
};

/** What can be written down from anywhere, by who may create it: a button in the header and an entry of the quick open. */
export interface Capture {
  entity: string;
  label: string;
  dialog: ComponentType<{ onClose: () => void }>;
}

export const captures: Capture[] = [
  { entity: 'crm.complaint', label: 'Register a complaint', dialog: later(() => import('../complaints/complaint_dialog')) },
];

const totalOf = (...columns: string[]) => (answer: ReportAnswer) => sumDecimals(columns.map((column) => String(answer.totals?.[column] ?? '0')));

/** What the start page shows first, from reports as they are with their usual parameters. */
export const keyFigures: KeyFigure[] = [
  { label: 'Result of the year', report: 'financials.income_statement', valueOf: (answer) => String(answer.rows.at(-1)?.['amount'] ?? '0') },
  { label: 'Owed to suppliers', report: 'financials.payables_ageing', valueOf: totalOf('total') },
  { label: 'Of it overdue', report: 'financials.payables_ageing', valueOf: totalOf('days_1_to_30', 'days_31_to_60', 'days_61_to_90', 'days_over_90') },
  { label: 'Stock', report: 'inventory.valuation', valueOf: totalOf('value') },
];
