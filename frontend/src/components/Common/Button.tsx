import type { ComponentProps } from 'react';
import { buttonStyle, type ButtonTone } from './buttonStyle';
import { LoadingSpinner } from './LoadingSpinner';

interface Props extends ComponentProps<'button'> {
  tone?: ButtonTone;
  busy?: boolean;
}

export function Button({ tone, busy = false, className = '', children, disabled, type = 'button', ...rest }: Props) {
  return (
    <button {...rest} type={type} disabled={disabled || busy} aria-busy={busy} className={`${buttonStyle(tone)} ${className}`}>
      {busy && <LoadingSpinner small />}
      {children}
    </button>
  );
}
