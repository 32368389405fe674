import { Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useAttempt } from '../access/attempt';
import { useCatalogue } from '../api/catalogue';
import { apiPath, send } from '../api/client';
import type { RecordRow } from '../api/contract';
import { Problem } from '../api/problem';
import { recordQuery, useRefreshAll } from '../api/queries';
import { ReferenceSelect } from '../form/reference_select';
import { destinationOf } from '../shell/addresses';
import { Dialog } from '../shell/dialog';
import { ProblemAlert } from '../shell/page';
import { usePlace } from '../shell/router';
import { complaintBody, complaintFrom, emptyComplaint, type ComplaintDraft } from './complaint_draft';
import { ComplaintReceipt } from './complaint_receipt';
import './complaints.css';

/** Three questions from anywhere, and the receipt number at once. */
export default function ComplaintDialog({ onClose }: { onClose: () => void }) {
  const catalogue = useCatalogue();
  const complaints = catalogue.entity('crm.complaint')!;
  const refreshAll = useRefreshAll();
  const [draft, setDraft] = useState(useBeginning());
  const [receipt, setReceipt] = useState<RecordRow | null>(null);
  const { isBusy, problem, attempt, clear } = useAttempt();
  const set = (values: Partial<ComplaintDraft>) => { setDraft({ ...draft, ...values }); clear(); };
  const errorAt = (...fields: string[]) => (problem instanceof Problem && problem.field && fields.includes(problem.field) ? problem.message : undefined);
  const isSaidAtField = errorAt('party', 'customer', 'what_happened', 'product', 'order_reference') !== undefined;
  const register = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      setReceipt(await send<RecordRow>({ method: 'POST', path: apiPath(complaints.path), body: complaintBody(draft) }));
      void refreshAll();
    });
  };
  if (receipt) return <ComplaintReceipt entity={complaints} receipt={receipt} onClose={onClose} onNext={() => { setReceipt(null); setDraft(emptyComplaint); }} />;
  return (
    <Dialog title="Register a complaint" onClose={onClose}>
      <form noValidate className="dialog-fields" onSubmit={register}>
        {!isSaidAtField && <ProblemAlert error={problem} />}
        <Who draft={draft} set={set} error={errorAt('party', 'customer')} />
        <Textarea
          label="What happened" required autosize minRows={3} maxRows={10} value={draft.happened} error={errorAt('what_happened')} data-field="what_happened"
          onChange={(event) => set({ happened: event.currentTarget.value })}
        />
        <About draft={draft} set={set} error={errorAt('product', 'order_reference')} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Close</Button>
          <Button type="submit" loading={isBusy}>Register</Button>
        </Group>
      </form>
    </Dialog>
  );
}

interface PartProps {
  draft: ComplaintDraft;
  set: (values: Partial<ComplaintDraft>) => void;
  error: string | undefined;
}

function Who({ draft, set, error }: PartProps) {
  const parties = useCatalogue().entity('directory.party');
  const turn = <button type="button" className="plain-button" onClick={() => set({ isStranger: !draft.isStranger })}>{draft.isStranger ? 'Choose a customer' : 'Somebody without a record'}</button>;
  return (
    <div className="complaint-who">
      {draft.isStranger || !parties ? (
        <TextInput label="Who" required value={draft.customer} error={error} placeholder="Name, telephone, e-mail" data-field="customer" data-autofocus onChange={(event) => set({ customer: event.currentTarget.value })} />
      ) : (
        <ReferenceSelect label="Who" required entity={parties} value={draft.party} error={error} data-autofocus onChange={(party) => set({ party })} />
      )}
      {turn}
    </div>
  );
}

function About({ draft, set, error }: PartProps) {
  const products = useCatalogue().entity('catalog.product');
  return (
    <div className="complaint-about">
      <NativeSelect
        label="About" value={draft.about} data={[{ value: 'product', label: 'Product' }, { value: 'order', label: 'Order, delivery or invoice' }]}
        onChange={(event) => set({ about: event.currentTarget.value as ComplaintDraft['about'] })}
      />
      {draft.about === 'product' && products
        ? <ReferenceSelect label="Which product" entity={products} value={draft.product} error={error} onChange={(product) => set({ product })} />
        : <TextInput label="Its number" value={draft.order} error={error} placeholder="SO-2026-00007" onChange={(event) => set({ order: event.currentTarget.value })} />}
    </div>
  );
}

function useBeginning(): ComplaintDraft {
  const catalogue = useCatalogue();
  const client = useQueryClient();
  const destination = destinationOf(catalogue, usePlace().path);
  if (destination.page !== 'record' || destination.id === null) return emptyComplaint;
  const { entity, id } = destination;
  return complaintFrom(entity.name, id, client.getQueryData<RecordRow>(recordQuery(entity, id).queryKey));
}

