import { useCatalogue } from '../api/catalogue';
import { OpenRecords } from './open_records';

export default function OpenOpportunities({ id }: { id: number }) {
  const entity = useCatalogue().entity('crm.opportunity');
  return entity ? <OpenRecords entity={entity} by="party" party={id} /> : null;
}
