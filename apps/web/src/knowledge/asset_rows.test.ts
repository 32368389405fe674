import { describe, expect, it } from 'vitest';
import type { ReportAnswer } from '../api/contract';
import { assetRows } from './asset_rows';

const column = (name: string, drill: ReportAnswer['columns'][number]['drill_down'] = null) => ({ name, label: name, type: 'text', drill_down: drill });
const answer = (columns: ReportAnswer['columns'], rows: ReportAnswer['rows']): ReportAnswer => ({ report: 'x', title: 'x', parameters: {}, columns, rows });

describe('the assets that a report names', () => {
  it('are those its columns lead to, each once', () => {
    const columns = [column('about'), column('asset', { entity: 'knowledge.asset', id_column: 'asset_id' }), column('state')];
    const rows: ReportAnswer['rows'] = [{ asset: 'Grease', asset_id: 7, state: 'verified' }, { asset: 'Grease', asset_id: 7, state: 'verified' }, { asset: { id: 8, label: 'Torque' }, asset_id: '8', state: 'draft', prepared_by: 'ada' }];
    expect(assetRows(answer(columns, rows))).toEqual([{ id: 7, title: 'Grease', kind: '', state: 'verified', preparedBy: '' }, { id: 8, title: 'Torque', kind: '', state: 'draft', preparedBy: 'ada' }]);
  });

  it('are none where nothing leads to an asset', () => {
    expect(assetRows(answer([column('party', { entity: 'directory.party', id_column: 'id' })], [{ party: 'A', id: 1 }]))).toEqual([]);
    expect(assetRows(undefined)).toEqual([]);
  });
});
