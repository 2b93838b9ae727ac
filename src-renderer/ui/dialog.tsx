import { useEffect, useEffectEvent, useRef, type ReactNode, type RefObject } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';

interface Props {
  title: string;
  onClose: () => void;
  size?: 'normal' | 'wide' | 'full';
  /** The row of buttons at the foot. */
  foot?: ReactNode;
  /** An alert asks for an answer: a click beside it does not close it. */
  alert?: boolean;
  /** Nothing in it takes the focus, so that it takes it itself and the arrow keys scroll it. */
  reading?: boolean;
  children: ReactNode;
}

/** A dialog that is open for as long as it is rendered. Escape closes it; the focus stays inside and then returns. */
export function Dialog(props: Props) {
  const { title, onClose, size = 'normal', foot, alert = false, reading = false, children } = props;
  const box = useRef<HTMLElement>(null);
  useStrayKeys(box, onClose);
  return (
    <ModalOverlay
      className="shade"
      isOpen
      isDismissable={!alert}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="modal" data-size={size}>
        <AriaDialog ref={box} className="dialog" role={alert ? 'alertdialog' : 'dialog'}>
          <header className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {!alert && (
              <Button variant="plain" small aria-label="Close" onPress={onClose}>
                ✕
              </Button>
            )}
          </header>
          <div className="dialog-body" {...(reading && { tabIndex: 0 })}>
            {children}
          </div>
          {foot && <footer className="dialog-foot">{foot}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/**
 * A button that is disabled or replaced once it was pressed leaves the focus on the page itself, where no dialog hears
 * a key. Escape closes nevertheless, and any other key takes the focus back inside.
 */
function useStrayKeys(box: RefObject<HTMLElement | null>, onClose: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const focused = document.activeElement;
    if (focused && focused !== document.body) return;
    if (event.key === 'Escape') onClose();
    else box.current?.focus();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => press(event);
    document.addEventListener('keydown', listener, true);
    return () => document.removeEventListener('keydown', listener, true);
  }, []);
}
