// The words in which the mock's entities are declared, as in the catalogue of the real server.
export const text = (name, label, more = {}) => ({ ...field(name, label, 'text'), searchable: true, ...more });
export const field = (name, label, kind, more = {}) => ({
  name, label, kind, entity: null, required: false, read_only: false, searchable: false, sortable: true, filterable: true,
  in_list: true, help: '', default: null, choices: null, decimals: null, multiline: false, currency_field: null, ...more,
});
export const reference = (name, label, entity, more = {}) => field(name, label, 'reference', { entity, ...more });
export const money = (name, label, more = {}) => field(name, label, 'money', { currency_field: 'currency', ...more });
export const computed = { read_only: true };
export const aside = { in_list: false };
export const choices = (...pairs) => pairs.map(([value, label]) => ({ value, label }));
export const choice = (name, label, pairs, more = {}) => field(name, label, 'choice', { choices: choices(...pairs), ...more });
export const currencies = [['USD', 'USD'], ['EUR', 'EUR'], ['GBP', 'GBP']];
export const states = (...pairs) => pairs.map(([name, label, editable = false]) => ({ name, label, editable }));
export const transition = (name, label, from, to, more = {}) => ({
  name, label, from, to, permission: `purchasing.${name}`, permitted: true, help: '', input: [], ...more,
});

export const entity = (name, title, plural, path, more) => ({
  name, title, plural, module: name.split('.')[0], path, help: '', display: 'number', creatable: true, editable: true, deletable: false,
  menu: 'documents', workflow: null, ...more,
});
