import { CloseButton } from '@mantine/core';
import { useCatalogue } from '../api/catalogue';
import type { Field, Reference } from '../api/contract';
import { isReference } from '../api/contract';
import { blankLine, type DraftLine } from '../form/draft';
import { ReferenceSelect } from '../form/reference_select';

interface AssetTopicsInputProps {
  lines: DraftLine[];
  fields: Field[];
  onChange: (lines: DraftLine[]) => void;
}

/** What the asset is about, as words that are added and taken away. */
export function AssetTopicsInput({ lines, fields, onChange }: AssetTopicsInputProps) {
  const topics = useCatalogue().entity('knowledge.topic');
  const topicOf = (line: DraftLine) => (isReference(line.values['topic']) ? line.values['topic'] : null);
  const add = (topic: Reference | null) => {
    if (!topic || lines.some((line) => topicOf(line)?.id === topic.id)) return;
    const line = blankLine(fields);
    onChange([...lines, { ...line, values: { ...line.values, topic } }]);
  };
  if (!topics) return null;
  return (
    <div className="chips-input">
      <ul className="asset-topics" aria-label="Topics">
        {lines.map((line) => {
          const label = topicOf(line)?.label || `Topic ${topicOf(line)?.id ?? ''}`;
          return <li key={line.key}>{label}<CloseButton size={18} aria-label={`Take away ${label}`} onClick={() => onChange(lines.filter((other) => other !== line))} /></li>;
        })}
      </ul>
      <ReferenceSelect label="Add a topic" entity={topics} value={null} onChange={add} />
    </div>
  );
}
