import type { Catalogue } from '../api/catalogue';
import type { InputField, ReportAnswer, ReportColumn, ReportRow, Value } from '../api/contract';
import { ValueView } from '../form/value_view';
import { isRightAligned, valueText } from '../format/value_text';
import type { GridColumn } from '../grid/column_model';
import { Link } from '../shell/router';
import { drillAddress } from './drill_down';
import { fieldOf } from './report_field';

const sampleRows = 200;

export function shownReportColumns(answer: ReportAnswer): ReportColumn[] {
  return answer.columns.filter((column) => !column.hidden);
}

export function reportColumns(answer: ReportAnswer, catalogue: Catalogue): GridColumn<ReportRow>[] {
  const shown = shownReportColumns(answer);
  const decimals = catalogue.company.decimals;
  return shown.map((column, index) => {
    const field = fieldOf(column);
    const isNumber = isRightAligned(column.type);
    return {
      id: column.name,
      label: column.label,
      help: column.help,
      width: widthOf(column, answer, decimals),
      grow: 0,
      ...(isNumber ? { align: 'end' as const } : {}),
      render: (row) => <ReportCell row={row} column={column} field={field} answer={answer} catalogue={catalogue} isFirst={index === 0} />,
      total: totalOf(column, index, answer, field, decimals),
    };
  });
}

function totalOf(column: ReportColumn, index: number, answer: ReportAnswer, field: InputField, decimals: number): string {
  const value = answer.totals?.[column.name];
  if (value !== undefined && value !== null) return valueText(value as Value, field, decimals);
  return index === 0 ? 'Total' : '';
}

// As wide as what the first rows hold, so that figures stand close together and none is cut.
function widthOf(column: ReportColumn, answer: ReportAnswer, decimals: number): number {
  const field = fieldOf(column);
  const lengths = answer.rows.slice(0, sampleRows).map((row) => valueText(row[column.name] as Value, field, decimals).length);
  const total = answer.totals ? valueText(answer.totals[column.name] as Value, field, decimals).length + 1 : 0;
  const longest = Math.max(column.label.length, total, ...lengths);
  return Math.min(isRightAligned(column.type) ? 240 : 380, Math.max(70, Math.round(longest * 7.5) + 34));
}

interface ReportCellProps {
  row: ReportRow;
  column: ReportColumn;
  field: InputField;
  answer: ReportAnswer;
  catalogue: Catalogue;
  isFirst: boolean;
}

function ReportCell({ row, column, field, answer, catalogue, isFirst }: ReportCellProps) {
  const address = drillAddress(catalogue, column, row, answer.parameters);
  const value = row[column.name] as Value;
  const level = isFirst ? Number(row['level'] ?? 0) : 0;
  const view = <ValueView value={value} field={field} isLinked={false} />;
  if (!address) return level > 0 ? <span style={{ paddingLeft: level * 16 }}>{view}</span> : view;
  return <Link to={address} tabIndex={-1} style={level > 0 ? { marginLeft: level * 16 } : undefined}>{view}</Link>;
}
