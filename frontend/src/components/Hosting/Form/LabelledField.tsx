import { useId, type ReactNode } from 'react';

interface Control {
  id: string;
  className: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

interface Props {
  label: string;
  hint?: string;
  errors?: string[];
  className?: string;
  children: (control: Control) => ReactNode;
}

/** The label, hint and errors around a control that is no plain input. */
export function LabelledField({ label, hint, errors = [], className = '', children }: Props) {
  const id = useId();
  const invalid = errors.length > 0;
  const described = [hint && `${id}-hint`, invalid && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      {children({ id, className: 'input', 'aria-invalid': invalid, 'aria-describedby': described || undefined })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      )}
      {invalid && (
        <p id={`${id}-error`} className="mt-1 text-sm font-medium text-rose-600">
          {errors.join(' ')}
        </p>
      )}
    </div>
  );
}
