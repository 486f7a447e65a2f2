export function LoadingSpinner({ small = false, label }: { small?: boolean; label?: string }) {
  const ring = (
    <span
      aria-hidden="true"
      className={`inline-block animate-spin rounded-full border-current border-r-transparent ${small ? 'size-4 border-2' : 'size-8 border-[3px] text-pine-600'}`}
    />
  );
  if (small) return ring;
  return (
    <div role="status" className="flex flex-col items-center gap-3 py-16 text-muted">
      {ring}
      {label ?? 'Loading'}
    </div>
  );
}
