import { useEffect, useId, useRef, useState, type ReactNode } from 'react';

interface Props {
  label: string;
  trigger: ReactNode;
  triggerClass: string;
  panelClass: string;
  wrapperClass?: string;
  children: (close: () => void) => ReactNode;
}

/** A button with a panel below it: Escape or a press outside closes it, and Escape gives the focus back. */
export function Popover({ label, trigger, triggerClass, panelClass, wrapperClass = '', children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const onPress = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', onPress);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('keydown', onKey);
    };
  }, [open]);

  return (
    <div ref={root} className={`relative ${wrapperClass}`}>
      <button ref={button} type="button" aria-label={label} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)} className={triggerClass}>
        {trigger}
      </button>
      {open && (
        <div id={id} className={`absolute z-[1200] rounded-card border border-line bg-surface shadow-pop ${panelClass}`}>
          {children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}
