import { useState, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import type { UserType } from '../../api/wire';
import { hasRole } from '../../lib/roles';
import { useAppSelector } from '../../store/hooks';
import { selectUser } from '../../store/slices/authSlice';
import { selectSession } from '../../store/slices/sessionSlice';
import { selectSuspension } from '../../store/slices/suspensionSlice';
import { homeOf } from './navigation';

/** Pages behind a login: they ask for it and come back. Who logs out here goes home, as does the other kind of account; who is suspended reads why. */
export function RequireAccount({ kind, children }: { kind?: UserType; children: ReactNode }) {
  const user = useAppSelector(selectUser);
  const { expired } = useAppSelector(selectSession);
  const { suspended } = useAppSelector(selectSuspension);
  const from = useLocation();
  const [entered] = useState(user !== null);
  if (!user && suspended) return <Navigate to="/suspended" replace />;
  if (!user && entered && !expired) return <Navigate to="/" replace />;
  if (!user) return <Navigate to="/login" replace state={{ from }} />;
  if (kind && !hasRole(user, kind)) return <Navigate to={homeOf(user)} replace />;
  return children;
}
