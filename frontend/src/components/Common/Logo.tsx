/** A house lit by the moon. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-9 shrink-0">
      <rect width="32" height="32" rx="9" className="fill-pine-700" />
      <path d="M6 25V15.5L16 7l10 8.5V25z" className="fill-white" />
      <path d="M20.7 20.6a5.6 5.6 0 1 1-5.2-8 4.5 4.5 0 0 0 5.2 8z" className="fill-apricot-500" />
    </svg>
  );
}
