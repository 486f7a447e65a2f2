import type { ReactNode } from 'react';

/** The frame of the pages that links in e-mails lead to. */
export function AccountCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto w-full max-w-md px-4 py-10 sm:py-16">
      <title>{`${title} · Staywell`}</title>
      <div className="card space-y-5 p-6 sm:p-8">
        <h1 className="text-2xl font-bold">{title}</h1>
        {children}
      </div>
    </div>
  );
}
