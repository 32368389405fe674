import { useCatalogue } from '../api/catalogue';
import { OpenRecords } from './open_records';

export default function OpenOrders({ id }: { id: number }) {
  const entity = useCatalogue().entity('sales.order');
  return entity ? <OpenRecords entity={entity} by="customer" party={id} /> : null;
}
