import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Tooltip,
  TooltipTrigger,
  type ButtonProps,
} from 'react-aria-components';

interface Props extends Omit<ButtonProps, 'className' | 'style'> {
  variant?: 'plain' | 'primary' | 'danger';
  small?: boolean;
  children: ReactNode;
  /** What a tooltip says, for a button that is only a sign or that cannot be used now. */
  hint?: string | undefined;
  /** Looks and acts disabled, but keeps the focus, so that its hint can be read by keyboard. */
  blocked?: boolean;
}

/** A button. A blocked one still takes the focus, and its hint says why it does nothing. */
export function Button({ variant, small, hint, blocked = false, onPress, ...rest }: Props) {
  const button = (
    <AriaButton
      {...rest}
      className="button"
      {...(variant ? { 'data-variant': variant } : {})}
      {...(small ? { 'data-small': true } : {})}
      {...(blocked ? { 'aria-disabled': true } : {})}
      {...(onPress && !blocked ? { onPress } : {})}
    />
  );
  if (!hint) return button;
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {button}
      <Hint>{hint}</Hint>
    </TooltipTrigger>
  );
}

/** The words that appear beside what is pointed at or focused. */
export function Hint({ children }: { children: ReactNode }) {
  return (
    <Tooltip className="tooltip" offset={6}>
      {children}
    </Tooltip>
  );
}
