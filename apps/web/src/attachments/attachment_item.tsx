import { ActionIcon } from '@mantine/core';
import type { Entity } from '../api/contract';
import { formatInstant } from '../format/day';
import { bytesText } from '../format/size';
import { Icon } from '../shell/icons';
import { attachmentsPath, endingOf, hasPreview, isShown, type Attachment } from './attachments';

interface AttachmentItemProps {
  entity: Entity;
  id: number;
  attachment: Attachment;
  onRemove: (() => void) | null;
}

export function AttachmentItem({ entity, id, attachment, onRemove }: AttachmentItemProps) {
  const { name, size, added_at, added_by } = attachment;
  const address = `${attachmentsPath(entity, id)}/${attachment.id}`;
  const how = isShown(attachment) ? { target: '_blank', rel: 'noopener' } : { download: name };
  return (
    <li className="attachment">
      <a className="attachment-picture" href={address} {...how} tabIndex={-1} aria-hidden>
        {hasPreview(attachment) ? <img src={address} alt="" loading="lazy" decoding="async" /> : endingOf(name) || <Icon name="document" size={20} />}
      </a>
      <div className="attachment-about">
        <a className="plain-link attachment-name" href={address} title={name} {...how}>{name}</a>
        <div className="soft">
          {bytesText(size)} · <time dateTime={added_at}>{formatInstant(added_at)}</time> · {added_by}
        </div>
      </div>
      <ActionIcon component="a" variant="subtle" color="gray" size={30} href={address} download={name} aria-label={`Download ${name}`} title="Download"><Icon name="download" /></ActionIcon>
      {onRemove && <ActionIcon variant="subtle" color="gray" size={30} aria-label={`Remove ${name}`} title="Remove" onClick={onRemove}><Icon name="trash" /></ActionIcon>}
    </li>
  );
}
