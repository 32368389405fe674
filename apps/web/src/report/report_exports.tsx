import { Button } from '@mantine/core';
import type { Report } from '../api/contract';
import { reportAddress } from '../api/queries';
import { Icon } from '../shell/icons';

const formats = [
  { format: 'csv', label: 'CSV' },
  { format: 'xlsx', label: 'Excel' },
  { format: 'pdf', label: 'PDF' },
];

export function ReportExports({ report, parameters, isReady }: { report: Report; parameters: URLSearchParams; isReady: boolean }) {
  if (!isReady) return null;
  return (
    <Button.Group className="no-print">
      {formats.map(({ format, label }) => (
        <Button
          key={format} component="a" variant="default" download href={reportAddress(report.name, parameters, format)}
          leftSection={format === 'csv' ? <Icon name="download" size={14} /> : undefined}
        >
          {label}
        </Button>
      ))}
      <Button variant="default" leftSection={<Icon name="print" size={14} />} onClick={() => window.print()}>Print</Button>
    </Button.Group>
  );
}
