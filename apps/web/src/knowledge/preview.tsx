import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ProblemAlert } from '../shell/page';
import { Article } from './article';
import { markdownQuery } from './asset';

/** The text as it will be read, a moment after it was typed. */
export function Preview({ text }: { text: string }) {
  const [settled] = useDebouncedValue(text, 250);
  const { data, error } = useQuery({ ...markdownQuery(settled), placeholderData: (before) => before });
  return (
    <div className="preview" role="region" aria-label="Preview" tabIndex={0}>
      <ProblemAlert error={error} />
      {settled.trim() === '' ? <p className="soft">What you write stands here as it will be read.</p> : data && <Article html={data.html} label="Preview of the text" />}
    </div>
  );
}
