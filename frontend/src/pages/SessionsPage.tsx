import { useEffect, useState } from 'react';
import { LogOutEverywhereDialog } from '../components/Auth/LogOutEverywhereDialog';
import { SessionList } from '../components/Auth/SessionList';
import { Button } from '../components/Common/Button';
import { ErrorNote } from '../components/Common/ErrorNote';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { RequireAccount } from '../components/Common/RequireAccount';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchSessions, selectAccountSessions } from '../store/slices/accountSessionSlice';

function MySessions() {
  const dispatch = useAppDispatch();
  const { sessions, error } = useAppSelector(selectAccountSessions);
  useEffect(() => {
    const asked = dispatch(fetchSessions());
    return () => asked.abort();
  }, [dispatch]);
  if (error) return <ErrorNote problem={error} onRetry={() => dispatch(fetchSessions())} />;
  if (sessions) return <SessionList sessions={sessions} />;
  return <LoadingSpinner label="Loading where you are logged in" />;
}

export function SessionsPage() {
  const [asking, setAsking] = useState(false);
  return (
    <RequireAccount>
      <div className="mx-auto max-w-2xl space-y-5 px-4 py-8">
        <title>Where you are logged in · Staywell</title>
        <div>
          <h1 className="text-3xl font-bold">Where you are logged in</h1>
          <p className="mt-1 text-muted">Log out what you do not know or no longer use, and then change your password.</p>
        </div>
        <MySessions />
        <div className="flex justify-end">
          <Button tone="danger" onClick={() => setAsking(true)}>
            Log out everywhere
          </Button>
        </div>
        {asking && <LogOutEverywhereDialog onClose={() => setAsking(false)} />}
      </div>
    </RequireAccount>
  );
}
