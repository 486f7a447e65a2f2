import type { ReactNode } from 'react';
import { Illustration } from './Illustration';

export function EmptyState({ title, hint, children }: { title: string; hint: string; children?: ReactNode }) {
  return (
    <div className="card flex flex-col items-center gap-3 px-6 py-10 text-center">
      <Illustration seed="empty" className="h-28 w-44 rounded-2xl" />
      <h2 className="text-xl font-bold">{title}</h2>
      <p className="max-w-prose text-muted">{hint}</p>
      {children}
    </div>
  );
}
