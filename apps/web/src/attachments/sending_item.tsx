import { ActionIcon, Button } from '@mantine/core';
import { sentenceOf } from '../api/problem';
import { bytesText } from '../format/size';
import { Icon } from '../shell/icons';
import { mayBeTaken } from './attachments';
import type { Sending } from './sending';

/** How far a file has come, or why it was not taken. */
export function SendingItem({ sending: { file, sent, problem }, onAgain, onForget }: { sending: Sending; onAgain: () => void; onForget: () => void }) {
  return (
    <li className="attachment" data-refused={problem ? '' : undefined}>
      <span className="attachment-picture" aria-hidden><Icon name={problem ? 'warning' : 'upload'} size={18} /></span>
      <div className="attachment-about">
        <span className="attachment-name" title={file.name}>{file.name}</span>
        {problem ? <p role="alert">{sentenceOf(problem)}</p> : <Progress file={file} sent={sent} />}
      </div>
      {problem !== null && mayBeTaken(problem) && <Button variant="default" size="compact-xs" aria-label={`Send ${file.name} again`} onClick={onAgain}>Try again</Button>}
      {problem !== null && <ActionIcon variant="subtle" color="gray" size={30} aria-label={`Put ${file.name} aside`} title="Put aside" onClick={onForget}><Icon name="close" /></ActionIcon>}
    </li>
  );
}

function Progress({ file, sent }: { file: File; sent: number }) {
  return (
    <>
      <progress aria-label={`Sending ${file.name}`} max={Math.max(file.size, 1)} value={sent} />
      <div className="soft">{sent > 0 ? `${bytesText(sent)} of ${bytesText(file.size)}` : `${bytesText(file.size)}, waits`}</div>
    </>
  );
}
