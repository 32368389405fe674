import { useCatalogue } from '../api/catalogue';
import { OpenRecords } from './open_records';

export default function OpenComplaints({ id }: { id: number }) {
  const entity = useCatalogue().entity('crm.complaint');
  return entity ? <OpenRecords entity={entity} by="party" party={id} /> : null;
}
