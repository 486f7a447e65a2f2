import type { ReactNode } from 'react';
import { Navigate, useLocation, type Location } from 'react-router';
import { useAppSelector } from '../../store/hooks';
import { selectUser } from '../../store/slices/authSlice';
import { homeOf } from '../Common/navigation';

export interface ReturnState {
  from?: Pick<Location, 'pathname' | 'search' | 'state'>;
}

/** The frame of login and register. Once somebody is logged in it leads back to where they came from. */
export function AuthCard({ title, children }: { title: string; children: ReactNode }) {
  const user = useAppSelector(selectUser);
  const { from } = (useLocation().state ?? {}) as ReturnState;
  if (user) return from ? <Navigate to={{ pathname: from.pathname, search: from.search }} state={from.state} replace /> : <Navigate to={homeOf(user)} replace />;
  return (
    <div className="mx-auto w-full max-w-md px-4 py-10 sm:py-16">
      <title>{`${title} · Staywell`}</title>
      <div className="card space-y-5 p-6 sm:p-8">
        <h1 className="text-2xl font-bold">{title}</h1>
        {from && <p className="rounded-xl bg-pine-50 p-3 text-pine-900">You will then return to this page.</p>}
        {children}
      </div>
    </div>
  );
}
