interface Props {
  label: string;
  checked: boolean;
  /** How many are left with it; unknown until it is counted. */
  count: number | undefined;
  onToggle: () => void;
}

export function CountedCheck({ label, checked, count, onToggle }: Props) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-2 hover:bg-mist">
      <input type="checkbox" checked={checked} onChange={onToggle} className="size-5 shrink-0 accent-pine-700" />
      <span className="min-w-0 flex-1 wrap-anywhere">{label}</span>{' '}
      {count !== undefined && <span className="text-sm text-muted tabular-nums">{count}</span>}
    </label>
  );
}
