import { useId, type ComponentProps } from 'react';

interface Props extends ComponentProps<'textarea'> {
  label: string;
  errors?: string[];
}

export function TextArea({ label, errors = [], ...textarea }: Props) {
  const id = useId();
  const errorId = `${id}-error`;
  const invalid = errors.length > 0;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <textarea id={id} rows={4} className="input" aria-invalid={invalid} aria-describedby={invalid ? errorId : undefined} {...textarea} />
      {invalid && (
        <p id={errorId} className="mt-1 text-sm font-medium text-rose-600">
          {errors.join(' ')}
        </p>
      )}
    </div>
  );
}
