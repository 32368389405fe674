import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';

interface DialogProps {
  title: string;
  size?: 'sm' | 'md' | 'lg';
  isOpen?: boolean;
  onClose: () => void;
  children: ReactNode;
}

export function Dialog({ title, size = 'md', isOpen = true, onClose, children }: DialogProps) {
  // Escape is for what the browser has put on top: it is heard here all the same.
  const close = () => { if (!document.querySelector('dialog[open]')) onClose(); };
  return (
    <Modal.Root opened={isOpen} onClose={close} size={size} centered transitionProps={{ duration: 120 }}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content>
        <Modal.Header role="presentation">
          <Modal.Title fw={620} fz={15}>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
