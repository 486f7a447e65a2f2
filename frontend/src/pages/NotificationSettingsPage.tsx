import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { ErrorNote } from '../components/Common/ErrorNote';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { RequireAccount } from '../components/Common/RequireAccount';
import { NotificationSettingsForm } from '../components/Notifications/NotificationSettingsForm';
import { StopEmails } from '../components/Notifications/StopEmails';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectUser } from '../store/slices/authSlice';
import { fetchNotificationSettings, selectNotificationSettings } from '../store/slices/notificationSettingsSlice';

function MySettings() {
  const dispatch = useAppDispatch();
  const { settings, error } = useAppSelector(selectNotificationSettings);
  useEffect(() => {
    const asked = dispatch(fetchNotificationSettings());
    return () => asked.abort();
  }, [dispatch]);
  if (error) return <ErrorNote problem={error} onRetry={() => dispatch(fetchNotificationSettings())} />;
  if (settings) return <NotificationSettingsForm key={JSON.stringify(settings.matrix)} settings={settings} />;
  return <LoadingSpinner label="Loading your notifications" />;
}

/** The link of an e-mail needs no login; the rest does. */
export function NotificationSettingsPage() {
  const dispatch = useAppDispatch();
  const user = useAppSelector(selectUser);
  const [query] = useSearchParams();
  const token = query.get('stop');
  return (
    <div className="mx-auto max-w-2xl space-y-5 px-4 py-8">
      <title>Notifications · Staywell</title>
      <div>
        <h1 className="text-3xl font-bold">Notifications</h1>
        <p className="mt-1 text-muted">Choose what appears in the feed behind the bell, and what is sent by e-mail. The most important notifications always appear in the feed.</p>
      </div>
      {token && <StopEmails token={token} onStopped={() => user && void dispatch(fetchNotificationSettings())} />}
      {(user || !token) && (
        <RequireAccount>
          <MySettings />
        </RequireAccount>
      )}
    </div>
  );
}
