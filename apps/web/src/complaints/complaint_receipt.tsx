import { Button, Group } from '@mantine/core';
import { labelOf } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { recordAddress } from '../shell/addresses';
import { Dialog } from '../shell/dialog';
import { navigate } from '../shell/router';

interface ComplaintReceiptProps {
  entity: Entity;
  receipt: RecordRow;
  onClose: () => void;
  onNext: () => void;
}

/** The number to tell the customer, and by when they hear from us. */
export function ComplaintReceipt({ entity, receipt, onClose, onNext }: ComplaintReceiptProps) {
  const answerDue = labelOf(receipt['answer_due']);
  const resolutionDue = labelOf(receipt['resolution_due']);
  const open = () => {
    onClose();
    void navigate(recordAddress(entity, receipt.id ?? 0));
  };
  return (
    <Dialog title="Complaint registered" onClose={onClose}>
      <p className="receipt-number" role="status">{labelOf(receipt['number'])}</p>
      <p className="soft receipt-days">
        {answerDue && <>They are answered by {answerDue}{resolutionDue && <>, and it is resolved by {resolutionDue}</>}.</>}
      </p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onNext}>Another one</Button>
        <Button variant="default" onClick={open}>Open it</Button>
        <Button onClick={onClose} data-autofocus>Done</Button>
      </Group>
    </Dialog>
  );
}
