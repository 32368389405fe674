// What the mock company can do: the same document that the real server derives from its modules.
import { administered } from './administered.mjs';
import { crmEntities, crmPermissions } from './crm.mjs';
import { customerEntities, customerPanels, customerReports, segmentEntities } from './customers.mjs';
import { customFieldEntity } from './custom_fields.mjs';
import { knowledgeEntities, knowledgePermissions, knowledgeReports, searchEntities } from './knowledge.mjs';
import { marginReports } from './margin.mjs';
import { mergeEntities } from './merging.mjs';
import { aside, choice, computed, currencies, entity, field, money, reference, states, text, transition } from './declare.mjs';
import { cards, pages, panels, warrantyEntities, warrantyPermissions, warrantyReports } from './warranty.mjs';

export const today = '2026-11-22';

export const entities = [
  entity('directory.party', 'Party', 'Parties', 'directory/parties', {
    display: 'name', menu: 'master_data', deletable: true, help: 'Suppliers, customers and everyone else the company deals with.',
    fields: [
      text('number', 'Number', { required: true }),
      text('name', 'Name', { required: true, help: 'As it stands on documents.' }),
      choice('role', 'Role', [['supplier', 'Supplier'], ['customer', 'Customer'], ['both', 'Both']], { required: true, default: 'supplier' }),
      text('city', 'City'),
      text('country', 'Country'),
      text('email', 'E-mail', aside),
      choice('payment_terms', 'Payment terms', [['net_10', 'Net 10'], ['net_30', 'Net 30'], ['net_60', 'Net 60'], ['2_10_net_30', '2/10 net 30']], { default: 'net_30' }),
      choice('currency', 'Currency', currencies, { default: 'USD', in_list: false }),
      money('credit_limit', 'Credit limit', { help: 'Open orders, shipments and invoices may not exceed it together.' }),
      field('since', 'Since', 'date'),
      reference('account_manager', 'Account manager', 'directory.employee', aside),
      field('active', 'Active', 'boolean', { default: true }),
      text('note', 'Note', { multiline: true, in_list: false }),
    ],
  }),
  entity('catalog.product', 'Product', 'Products', 'catalog/products', {
    menu: 'master_data',
    fields: [
      text('number', 'Number', { required: true }),
      text('name', 'Name', { required: true }),
      choice('category', 'Category', [['components', 'Components'], ['bikes', 'Bikes'], ['clothing', 'Clothing'], ['accessories', 'Accessories']], { required: true }),
      choice('unit', 'Unit', [['ea', 'each'], ['kg', 'kilogram'], ['box', 'box of 10']], { default: 'ea' }),
      field('list_price', 'List price', 'price'),
      field('standard_cost', 'Standard cost', 'price'),
      field('lead_time_days', 'Lead time, days', 'integer'),
      field('weight', 'Weight', 'quantity', aside),
      field('active', 'Active', 'boolean', { default: true }),
    ],
  }),
  entity('purchasing.order', 'Purchase order', 'Purchase orders', 'purchasing/orders', {
    deletable: true,
    fields: [
      text('number', 'Number', computed),
      reference('supplier', 'Supplier', 'directory.party', { required: true, help: 'Who delivers and invoices.' }),
      field('date', 'Date', 'date', { required: true, default: today }),
      field('due_on', 'Due on', 'date', { help: 'When the goods are expected at the latest.' }),
      choice('currency', 'Currency', currencies, { required: true, default: 'USD', in_list: false }),
      text('buyer', 'Buyer'),
      text('supplier_reference', 'Supplier reference', aside),
      choice('matching', 'Matching', [['two_way', 'Two-way'], ['three_way', 'Three-way']], { required: true, default: 'three_way', in_list: false, help: 'Three-way also compares with what was received.' }),
      text('note', 'Note', { multiline: true, in_list: false }),
      money('subtotal', 'Subtotal', { ...computed, in_list: false }),
      money('tax', 'Tax', { ...computed, in_list: false }),
      money('total', 'Total', computed),
      choice('state', 'State', [['draft', 'Draft'], ['approved', 'Approved'], ['part_received', 'Part received'], ['received', 'Received'], ['closed', 'Closed'], ['cancelled', 'Cancelled']], computed),
      field('lines', 'Lines', 'lines', { entity: 'purchasing.order_line', in_list: false, sortable: false, filterable: false }),
    ],
    workflow: {
      field: 'state',
      states: states(['draft', 'Draft', true], ['approved', 'Approved', true], ['part_received', 'Part received'], ['received', 'Received'], ['closed', 'Closed'], ['cancelled', 'Cancelled']),
      transitions: [
        transition('approve', 'Approve', ['draft'], 'approved', { help: 'Commits the company to buy.' }),
        transition('receive', 'Receive', ['approved', 'part_received'], 'received', {
          help: 'Books everything that is still open into stock.',
          input: [
            field('received_on', 'Received on', 'date', { required: true, default: today }),
            text('delivery_note', 'Delivery note', { required: true }),
          ],
        }),
        transition('close', 'Close', ['received', 'part_received'], 'closed', { permission: 'purchasing.close', permitted: false }),
        transition('cancel', 'Cancel', ['draft', 'approved'], 'cancelled', { input: [text('reason', 'Reason', { required: true })] }),
      ],
    },
  }),
  entity('purchasing.order_line', 'Order line', 'Order lines', 'purchasing/order_lines', {
    menu: 'hidden', display: 'line_number',
    fields: [
      field('line_number', 'Line', 'integer', { read_only: true, in_list: false }),
      reference('product', 'Product', 'catalog.product', { required: true }),
      text('description', 'Description'),
      field('quantity', 'Quantity', 'quantity', { required: true }),
      field('price', 'Price', 'price', { required: true }),
      field('due_on', 'Due on', 'date'),
      field('received', 'Received', 'quantity', computed),
      field('invoiced', 'Invoiced', 'quantity', computed),
      field('amount', 'Amount', 'money', computed),
    ],
  }),
  entity('purchasing.goods_receipt', 'Goods receipt', 'Goods receipts', 'purchasing/goods_receipts', {
    creatable: false, editable: false,
    fields: [
      text('number', 'Number', computed),
      reference('order', 'Order', 'purchasing.order', computed),
      reference('supplier', 'Supplier', 'directory.party', computed),
      field('received_on', 'Received on', 'date', computed),
      text('delivery_note', 'Delivery note', computed),
      money('value', 'Value', { ...computed, currency_field: null }),
      choice('state', 'State', [['posted', 'Posted'], ['reversed', 'Reversed']], computed),
    ],
    workflow: {
      field: 'state',
      states: states(['posted', 'Posted'], ['reversed', 'Reversed']),
      transitions: [transition('reverse', 'Reverse', ['posted'], 'reversed')],
    },
  }),
  entity('purchasing.vendor_invoice', 'Vendor invoice', 'Vendor invoices', 'purchasing/vendor_invoices', {
    fields: [
      text('number', 'Number', computed),
      text('supplier_number', 'Supplier’s number', { required: true }),
      reference('supplier', 'Supplier', 'directory.party', { required: true }),
      reference('order', 'Order', 'purchasing.order'),
      field('date', 'Date', 'date', { required: true, default: today }),
      field('due_on', 'Due on', 'date'),
      choice('currency', 'Currency', currencies, { required: true, default: 'USD', in_list: false }),
      money('total', 'Total', computed),
      choice('state', 'State', [['draft', 'Draft'], ['posted', 'Posted'], ['held', 'Held'], ['paid', 'Paid'], ['rejected', 'Rejected']], computed),
      field('lines', 'Lines', 'lines', { entity: 'purchasing.vendor_invoice_line', in_list: false, sortable: false, filterable: false }),
    ],
    workflow: {
      field: 'state',
      states: states(['draft', 'Draft', true], ['posted', 'Posted'], ['held', 'Held'], ['paid', 'Paid'], ['rejected', 'Rejected']),
      transitions: [
        transition('post', 'Post', ['draft'], 'posted'),
        transition('pay', 'Pay', ['posted'], 'paid', { input: [field('paid_on', 'Paid on', 'date', { required: true, default: today })] }),
        transition('reject', 'Reject', ['draft', 'held'], 'rejected'),
      ],
    },
  }),
  entity('purchasing.vendor_invoice_line', 'Invoice line', 'Invoice lines', 'purchasing/vendor_invoice_lines', {
    menu: 'hidden', display: 'line_number',
    fields: [
      field('line_number', 'Line', 'integer', { read_only: true, in_list: false }),
      reference('product', 'Product', 'catalog.product', { required: true }),
      field('quantity', 'Quantity', 'quantity', { required: true }),
      field('price', 'Price', 'price', { required: true }),
      field('amount', 'Amount', 'money', computed),
    ],
  }),
  entity('purchasing.match_hold', 'Hold', 'Holds', 'purchasing/match_holds', {
    menu: 'hidden', display: 'reason', creatable: false, editable: false,
    fields: [
      reference('invoice', 'Invoice', 'purchasing.vendor_invoice', computed),
      text('reason', 'Reason', computed),
      money('amount', 'Amount at stake', { ...computed, currency_field: null }),
      field('since', 'Since', 'date', computed),
      choice('state', 'State', [['active', 'Active'], ['released', 'Released']], computed),
    ],
    workflow: {
      field: 'state',
      states: states(['active', 'Active'], ['released', 'Released']),
      transitions: [transition('release', 'Release', ['active'], 'released', {
        help: 'The invoice may be paid in spite of the difference. The reason stays in its history.',
        input: [text('reason', 'Reason', { required: true, multiline: true })],
      })],
    },
  }),
  entity('financials.account', 'Account', 'Accounts', 'financials/accounts', {
    menu: 'setup', display: 'name',
    fields: [
      text('number', 'Number', { required: true }),
      text('name', 'Name', { required: true }),
      choice('kind', 'Kind', [['asset', 'Asset'], ['liability', 'Liability'], ['equity', 'Equity'], ['income', 'Income'], ['expense', 'Expense']], { required: true }),
      field('open', 'Open for posting', 'boolean', { default: true }),
    ],
  }),
  entity('financials.journal_line', 'Journal line', 'Journal', 'financials/journal_lines', {
    menu: 'ledgers', creatable: false, editable: false,
    fields: [
      text('number', 'Entry', computed),
      field('date', 'Date', 'date', computed),
      reference('account', 'Account', 'financials.account', computed),
      text('description', 'Text', computed),
      money('debit', 'Debit', { ...computed, currency_field: null }),
      money('credit', 'Credit', { ...computed, currency_field: null }),
      field('recorded_at', 'Recorded at', 'instant', { read_only: true, in_list: false }),
    ],
  }),
  entity('access.user', 'User', 'Users', 'access/users', {
    menu: 'setup', display: 'name', help: 'Somebody who can sign in. Nobody is deleted: who leaves is made inactive, and what was done keeps its name.',
    fields: [
      text('name', 'Name', { required: true, help: 'To sign in with' }),
      text('full_name', 'Full name'),
      text('email', 'Email'),
      field('active', 'Active', 'boolean', { default: true }),
      field('leaves_on', 'Leaves on', 'date', { help: 'The first day without access' }),
      field('roles', 'Roles', 'lines', { entity: 'access.user_role', in_list: false, sortable: false, filterable: false }),
      field('values', 'Values', 'lines', { entity: 'access.user_value', in_list: false, sortable: false, filterable: false }),
    ],
  }),
  entity('access.user_role', 'Role of a user', 'Roles of users', 'access/user_roles', {
    menu: 'hidden', display: 'role',
    fields: [reference('role', 'Role', 'access.role', { required: true }), field('starts_on', 'Starts on', 'date'), field('ends_on', 'Ends on', 'date')],
  }),
  entity('access.user_value', 'Value of a user', 'Values of users', 'access/user_values', {
    menu: 'hidden', display: 'name', fields: [text('name', 'Name', { required: true }), text('value', 'Value', { required: true })],
  }),
  entity('access.role', 'Role', 'Roles', 'access/roles', {
    menu: 'setup', display: 'name', deletable: true, help: 'What those who have it may see and do. A record is seen when any role of a user shows it.',
    fields: [
      text('name', 'Name', { required: true }),
      text('help', 'Help'),
      field('permissions', 'Permissions', 'lines', { entity: 'access.role_permission', in_list: false, sortable: false, filterable: false }),
      field('rules', 'Rules', 'lines', { entity: 'access.role_rule', in_list: false, sortable: false, filterable: false }),
      field('fields', 'Fields', 'lines', { entity: 'access.role_field', in_list: false, sortable: false, filterable: false }),
    ],
  }),
  entity('access.role_permission', 'Permission of a role', 'Permissions of roles', 'access/role_permissions', {
    menu: 'hidden', display: 'permission', fields: [text('permission', 'Permission', { required: true })],
  }),
  entity('access.role_rule', 'Rule of a role', 'Rules of roles', 'access/role_rules', {
    menu: 'hidden', display: 'entity',
    fields: [
      text('entity', 'Entity', { required: true }), text('field', 'Field', { required: true }),
      choice('operation', 'Operation', ['eq', 'not', 'gt', 'gte', 'lt', 'lte', 'in', 'contains', 'is'].map((name) => [name, name]), { required: true, default: 'eq' }), text('value', 'Value', { required: true }),
    ],
  }),
  entity('access.role_field', 'Field of a role', 'Fields of roles', 'access/role_fields', {
    menu: 'hidden', display: 'field',
    fields: [
      text('entity', 'Entity', { required: true }), text('field', 'Field', { required: true }),
      choice('access', 'Access', [['hidden', 'Hidden'], ['read_only', 'Read only']], { required: true, default: 'hidden' }),
    ],
  }),
  ...warrantyEntities,
  ...crmEntities,
  ...customerEntities,
  ...segmentEntities,
  ...mergeEntities,
  ...knowledgeEntities,
  ...searchEntities,
  customFieldEntity,
  ...administered,
];

const lineEntities = new Set(entities.flatMap(({ fields }) => fields.filter(({ kind }) => kind === 'lines').map((lines) => lines.entity)));
for (const one of entities) one.attachable = !lineEntities.has(one.name) && !administered.includes(one);

export const permissions = [
  ['directory.read', 'Look at parties'], ['directory.edit', 'Change parties'],
  ['catalog.read', 'Look at products'], ['catalog.edit', 'Change products'],
  ['financials.read', 'Look at accounts and the journal'], ['financials.edit', 'Change accounts'], ['financials.post', 'Write and post manual entries'], ['financials.close_year', 'Close and reopen fiscal years'],
  ['purchasing.read', 'Look at orders, receipts and invoices'], ['purchasing.edit', 'Write orders, receipts and invoices'], ['purchasing.approve', 'Approve and cancel purchase orders'],
  ['purchasing.receive', 'Post goods receipts and supplier returns'], ['purchasing.release_holds', 'Release what matching holds'],
  ...warrantyPermissions,
  ...crmPermissions,
  ...knowledgePermissions,
  ['sales.read', 'Look at what is sold'],
  ['fields.read', 'Look at custom fields'], ['fields.edit', 'Change custom fields'],
  ['access.administer', 'Administer users, roles, sessions and tokens'],
  ['jobs.manage', 'Watch and manage jobs and deliveries'], ['mail.manage', 'Watch and manage e-mail that goes out'],
].map(([name, title]) => ({ name, title, module: name.split('.')[0] }));

export const reports = [
  {
    name: 'financials.trial_balance', title: 'Trial balance', module: 'financials', help: 'Every account with its opening balance, its movements and its closing balance.',
    parameters: [
      field('from', 'From', 'date', { default: '2026-01-01' }),
      field('as_of', 'As of', 'date', { default: today, help: 'The last day whose entries count.' }),
      field('known_at', 'As known at', 'instant', { help: 'Leaves out what was recorded later: the report as it stood then.' }),
      field('zero', 'Also accounts without balance', 'boolean'),
    ],
  },
  {
    name: 'financials.general_ledger', title: 'General ledger', module: 'financials', help: 'The entries of one account in their order, with the running balance.',
    parameters: [
      reference('account', 'Account', 'financials.account', { required: true }),
      field('from', 'From', 'date', { default: '2026-01-01' }),
      field('to', 'To', 'date', { default: today }),
      field('known_at', 'As known at', 'instant'),
    ],
  },
  {
    name: 'purchasing.holds', title: 'Holds', module: 'purchasing', help: 'Invoices that are posted but not paid because they do not match, and what clears each of them.',
    parameters: [],
  },
  {
    name: 'purchasing.supplier_performance', title: 'Supplier performance', module: 'purchasing', help: 'Orders and their value for each supplier.',
    parameters: [reference('supplier', 'Supplier', 'directory.party')],
  },
  ...warrantyReports,
  ...customerReports,
  ...marginReports,
  ...knowledgeReports,
];

export const catalogue = {
  title: 'Tessera',
  company: { id: 1, name: 'Demo Manufacturing', currency: 'USD', decimals: 2 },
  user: { name: 'administrator', role: 'administrator', permissions: ['purchasing.approve', 'purchasing.release'] },
  today,
  modules: [
    { name: 'access', title: 'Access', version: '0.1.0', needs: [] },
    { name: 'attachments', title: 'Attachments', version: '0.1.0', needs: [] },
    { name: 'jobs', title: 'Jobs', version: '0.1.0', needs: [] },
    { name: 'mail', title: 'Mail', version: '0.1.0', needs: [] },
    { name: 'fields', title: 'Custom fields', version: '0.1.0', needs: [] },
    { name: 'directory', title: 'Directory', version: '0.1.0', needs: [] },
    { name: 'catalog', title: 'Catalog', version: '0.1.0', needs: [] },
    { name: 'financials', title: 'Financials', version: '0.1.0', needs: ['directory'] },
    { name: 'crm', title: 'Customer relations', version: '0.1.0', needs: ['directory', 'catalog'] },
    { name: 'knowledge', title: 'Knowledge', version: '0.1.0', needs: ['directory', 'catalog', 'crm'] },
    { name: 'search', title: 'Search', version: '0.1.0', needs: [] },
    { name: 'sales', title: 'Sales', version: '0.1.0', needs: ['directory', 'catalog'] },
    { name: 'warranty', title: 'Warranty claims', version: '1.0.0', needs: ['directory', 'catalog', 'financials'] },
    { name: 'purchasing', title: 'Purchasing', version: '0.1.0', needs: ['directory', 'catalog', 'financials'] },
  ],
  entities,
  reports,
  pages: [{ path: 'purchasing/holds', title: 'Holds', report: 'purchasing.holds', module: 'purchasing', views: [] }, ...pages],
  panels: [...panels, ...customerPanels],
  cards,
};
