import { useEffect, useRef, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components';
import type { CallName, CommandId } from '#shared/contract';
import { Button } from './button.tsx';

export interface Notice {
  tone: 'info' | 'warning';
  text: string;
  /** A warning that goes away by itself, because the window tells the same elsewhere. */
  passing?: boolean | undefined;
  /** What it is about, where that may come right by itself or be shown elsewhere; `untell` takes it away then. */
  about?: CommandId | CallName | undefined;
  action?: { label: string; run(): void } | undefined;
}

const queue = new ToastQueue<Notice>({ maxVisibleToasts: 4 });

/** Long enough to read a sentence twice. */
const SHOWN_FOR = 8000;

/** Shows a sentence for a while. A warning stays until the person has dismissed it, unless it is a passing one. */
export function tell(notice: Notice): void {
  const standing = queue.visibleToasts.find(({ content }) => content.text === notice.text);
  if (standing) queue.close(standing.key);
  const stays = notice.tone === 'warning' && !notice.passing;
  queue.add(notice, stays ? {} : { timeout: SHOWN_FOR });
}

/** Takes away what no longer holds, or leads to a place that the person has come to by another way. */
export function untell(about: Notice['about']): void {
  for (const { key, content } of [...queue.visibleToasts])
    if (content.about === about) queue.close(key);
}

/** Shows what went wrong, in the error's own sentence. */
export function tellError(error: Error): void {
  tell({ tone: 'warning', text: error.message });
}

const subscribe = (listener: () => void): (() => void) => queue.subscribe(listener);
const shown = (): Shown[] => queue.visibleToasts;

type Shown = (typeof queue.visibleToasts)[number];

/**
 * The notices in sight. React Aria's own toasts are alert dialogs, which take the place of the dialog they appear over;
 * a sentence is only spoken, when what is being said has ended. The region is there before the first notice, for
 * screen readers announce what comes into it; while it is pointed at or focused, nothing in it goes away. A mouse that
 * rested where a notice came up points at nothing. How high they reach is told to the style sheet: dialogs end above them.
 */
export function Toasts() {
  const notices = useSyncExternalStore(subscribe, shown);
  const region = useRef<HTMLElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const held = useRef({ pointed: false, focused: false });
  const hold = (by: Partial<typeof held.current>): void => {
    const wasHeld = held.current.pointed || held.current.focused;
    Object.assign(held.current, by);
    if (held.current.pointed || held.current.focused) queue.pauseAll();
    else if (wasHeld) queue.resumeAll();
  };
  useEffect(() => {
    // Who leaves by dismissing a notice gets no event for it, so that every move of the mouse is looked at.
    const point = ({ target, movementX, movementY }: MouseEvent): void => {
      const within = target instanceof Node && region.current?.contains(target) === true;
      if (!within || movementX !== 0 || movementY !== 0) hold({ pointed: within });
    };
    const leave = (): void => hold({ pointed: false });
    document.addEventListener('mousemove', point);
    document.documentElement.addEventListener('mouseleave', leave);
    return () => {
      document.removeEventListener('mousemove', point);
      document.documentElement.removeEventListener('mouseleave', leave);
    };
  }, []);
  useEffect(() => {
    const { current } = list;
    if (!current) return;
    const seen = new ResizeObserver(() => {
      const { top, height } = current.getBoundingClientRect();
      const reach = height === 0 ? 0 : window.innerHeight - top;
      document.documentElement.style.setProperty('--notices', `${String(reach)}px`);
    });
    seen.observe(current);
    return () => seen.disconnect();
  }, []);
  useEffect(() => {
    hold({ focused: region.current?.matches(':focus-within') === true });
  }, [notices]);
  return createPortal(
    <section
      ref={region}
      className="toasts"
      aria-label="Notices"
      // A dialog makes everything beside it inert, but not what is marked like this.
      data-react-aria-top-layer
      onFocus={() => hold({ focused: true })}
      onBlur={() => hold({ focused: false })}
    >
      <div ref={list} className="toast-list" role="status" aria-atomic={false}>
        {notices.map((notice) => (
          <Toast key={notice.key} shown={notice} />
        ))}
      </div>
    </section>,
    document.body,
  );
}

/** A sentence whose quotations keep their own direction and leave it its own. */
function Isolated({ text }: { text: string }) {
  return text
    .split(/(?<=“)([^”]*)(?=”)/)
    .map((part, index) => (index % 2 === 1 ? <bdi key={index}>{part}</bdi> : part));
}

function Toast({ shown: { key, content, timer, timeout } }: { shown: Shown }) {
  const { tone, text, action } = content;
  const onClose = (): void => queue.close(key);
  useEffect(() => {
    if (timer && timeout) timer.reset(timeout);
    return () => timer?.pause();
  }, [timer, timeout]);
  return (
    <div className="toast" data-tone={tone}>
      <div className="text">
        <p>
          <Isolated text={text} />
        </p>
        {action && (
          <div className="actions">
            <Button
              small
              onPress={() => {
                action.run();
                onClose();
              }}
            >
              {action.label}
            </Button>
          </div>
        )}
      </div>
      <Button variant="plain" small aria-label="Dismiss" onPress={onClose}>
        ✕
      </Button>
    </div>
  );
}
