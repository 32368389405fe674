import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Report } from '../api/contract';
import { FieldInput } from '../form/field_input';
import { errorsOf, type FieldErrors } from '../form/payload';
import { draftOfParameters, parametersOf } from './report_parameters';

interface ParameterFormProps {
  report: Report;
  parameters: URLSearchParams;
  isBusy: boolean;
  onRun: (parameters: URLSearchParams) => void;
}

export function ParameterForm({ report, parameters, isBusy, onRun }: ParameterFormProps) {
  const [draft, setDraft] = useState(() => draftOfParameters(parameters, report));
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
