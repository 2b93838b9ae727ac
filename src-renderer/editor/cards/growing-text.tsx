import {
  useEffect,
  useLayoutEffect,
  useRef,
  type ComponentProps,
  type ReactNode,
  type Ref,
} from 'react';

interface Props extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'ref'> {
  value: string;
  onChange: (value: string) => void;
  /** Where Enter leads; a field of one paragraph has no lines of its own. */
  onEnter?: (() => void) | undefined;
  label: string;
  ref?: Ref<HTMLTextAreaElement>;
}

/**
 * A text of one paragraph that grows with its words. It keeps what is being composed by an input method to itself until
 * the composition ends, and a value that comes from outside does not move the cursor when it is the one typed.
 */
export function GrowingText({
  value,
  onChange,
  onEnter,
  label,
  ref,
  className,
  ...rest
}: Props): ReactNode {
  const own = useRef<HTMLTextAreaElement>(null);

  const fit = (): void => {
    const element = own.current;
    if (!element || CSS.supports('field-sizing', 'content')) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  };
  useLayoutEffect(fit, [value]);
  useEffect(() => {
    window.addEventListener('resize', fit);
    return () => window.removeEventListener('resize', fit);
  }, []);

  return (
    <textarea
      {...rest}
      ref={(element) => {
        own.current = element;
        if (typeof ref === 'function') ref(element);
        else if (ref) ref.current = element;
      }}
      aria-label={label}
      className={`stet-growing ${className ?? ''}`}
      dir="auto"
      rows={1}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\s*\n\s*/g, ' '))}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        onEnter?.();
      }}
    />
  );
}
