import type { InputField, Report, Value } from '../api/contract';
import { isReference } from '../api/contract';
import { draftFrom, type Draft } from '../form/draft';

/** The parameters in the address; what the report does not have is left out. */
export function parametersFrom(search: string, report: Report): URLSearchParams {
  const known = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(search)) {
    if (report.parameters.some((parameter) => parameter.name === name) && value !== '') known.set(name, value);
  }
  return known;
}

export function draftOfParameters(parameters: URLSearchParams, report: Report): Draft {
  const given: Record<string, Value> = {};
  for (const field of report.parameters) {
    const text = parameters.get(field.name);
    given[field.name] = text === null ? ((field.default ?? null) as Value) : field.kind === 'boolean' ? text === 'true' : text;
  }
  return draftFrom(given, report.parameters);
}

/** What the address holds after the form was filled in: what equals the report's own default is left to the server. */
export function parametersOf(draft: Draft, report: Report): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const field of report.parameters) {
    const text = textOf(draft, field);
    if (text !== '' && text !== String(field.default ?? '')) parameters.set(field.name, text);
  }
  return parameters;
}

function textOf(draft: Draft, field: InputField): string {
  const value = draft[field.name];
  if (value === null || value === undefined || Array.isArray(value)) return '';
  if (field.kind === 'boolean') return value === true ? 'true' : field.default === true ? 'false' : '';
  return isReference(value) ? String(value.id) : String(value);
}

export function missingParameters(parameters: URLSearchParams, report: Report): InputField[] {
  return report.parameters.filter(
    (field) => field.required && !parameters.get(field.name) && (field.default === null || field.default === undefined || field.default === ''),
  );
}
