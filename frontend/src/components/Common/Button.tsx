import type { ComponentProps, MouseEvent } from 'react';
import { buttonStyle, type ButtonTone } from './buttonStyle';
import { LoadingSpinner } from './LoadingSpinner';

interface Props extends ComponentProps<'button'> {
  tone?: ButtonTone;
  busy?: boolean;
}

const refuse = (event: MouseEvent) => event.preventDefault();

/** While it is busy it does nothing, but keeps the focus: a disabled one would lose it for good. */
export function Button({ tone, busy = false, className = '', children, type = 'button', onClick, ...rest }: Props) {
  return (
    <button {...rest} type={type} onClick={busy ? refuse : onClick} aria-disabled={busy || undefined} aria-busy={busy} className={`${buttonStyle(tone)} ${className}`}>
      {busy && <LoadingSpinner small />}
      {children}
    </button>
  );
}
