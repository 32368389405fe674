import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldNamed, useCatalogue } from '../api/catalogue';
import type { Reference, Report } from '../api/contract';
import { listQuery } from '../api/queries';
import type { Draft } from '../form/draft';
import { FieldInput } from '../form/field_input';
import { errorsOf, type FieldErrors } from '../form/payload';
import { draftOfParameters, parametersOf } from './report_parameters';

interface ParameterFormProps {
  report: Report;
  parameters: URLSearchParams;
  isBusy: boolean;
  onRun: (parameters: URLSearchParams) => void;
}

/** A reference in the address may be an id or, as in a typed link, its name: account=1010. */
export function ParameterForm(props: ParameterFormProps) {
  const names = useNamedReferences(props.report, props.parameters);
  return names ? <Form {...props} names={names} /> : <div className="parameters panel no-print" />;
}

function useNamedReferences(report: Report, parameters: URLSearchParams): Record<string, Reference> | null {
  const catalogue = useCatalogue();
  const given = report.parameters.flatMap((field) => {
    const entity = field.kind === 'reference' ? catalogue.entity(field.entity) : undefined;
    const text = parameters.get(field.name);
    return entity && text && fieldNamed(entity, entity.display)?.kind === 'text' ? [{ name: field.name, entity, text }] : [];
  });
  const found = useQueries({
    queries: given.map(({ entity, text }) => listQuery(entity, new URLSearchParams({ [entity.display]: text, limit: '2', count: 'false', fields: entity.display }))),
  });
  if (found.some((query) => query.isLoading)) return null;
  const names: Record<string, Reference> = {};
  given.forEach(({ name, text }, index) => {
    const rows = found[index]?.data?.rows ?? [];
    if (rows.length === 1 && rows[0]?.id !== undefined) names[name] = { id: rows[0].id, label: text };
  });
  return names;
}

function Form({ report, parameters, isBusy, onRun, names }: ParameterFormProps & { names: Record<string, Reference> }) {
  const [draft, setDraft] = useState<Draft>(() => ({ ...draftOfParameters(parameters, report), ...names }));
  const [errors, setErrors] = useState<FieldErrors>({});
  const run = () => {
    const found = errorsOf(draft, report.parameters);
    setErrors(found);
    if (Object.keys(found).length === 0) onRun(parametersOf(draft, report));
  };
  return (
    <form className="parameters panel no-print" noValidate aria-label="Parameters" onSubmit={(event) => { event.preventDefault(); run(); }}>
      {report.parameters.map((field) => (
        <div key={field.name} className="field" data-kind={field.kind}>
          <FieldInput
            field={field} value={draft[field.name]} error={errors[field.name]}
            onChange={(value) => setDraft((now) => ({ ...now, [field.name]: value }))}
          />
        </div>
      ))}
      <Button type="submit" loading={isBusy} className="parameters-run">Run</Button>
    </form>
  );
}
