import type { ComponentProps } from 'react';
import { Icon, type IconName } from './Icon';

interface Props extends ComponentProps<'button'> {
  icon: IconName;
  label: string;
}

export function IconButton({ icon, label, className = '', type = 'button', ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      className={`inline-grid size-11 place-items-center rounded-full text-ink transition-colors enabled:hover:bg-mist disabled:cursor-not-allowed disabled:opacity-40 ${className}`}
    >
      <Icon name={icon} />
    </button>
  );
}
