import { useEffect } from 'react';
import { PreferenceForm } from '../components/Auth/PreferenceForm';
import { ErrorNote } from '../components/Common/ErrorNote';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { RequireAccount } from '../components/Common/RequireAccount';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchPreferences, selectPreferences } from '../store/slices/preferenceSlice';
import { fetchAmenities, fetchPlaces } from '../store/slices/searchSlice';

function MyPreferences() {
  const dispatch = useAppDispatch();
  const { preferences, error } = useAppSelector(selectPreferences);
  useEffect(() => {
    const asked = dispatch(fetchPreferences());
    void dispatch(fetchAmenities());
    void dispatch(fetchPlaces());
    return () => asked.abort();
  }, [dispatch]);
  if (preferences) return <PreferenceForm preferences={preferences} />;
  if (error) return <ErrorNote problem={error} onRetry={() => dispatch(fetchPreferences())} />;
  return <LoadingSpinner label="Loading your preferences" />;
}

export const PreferencesPage = () => (
  <RequireAccount kind="traveler">
    <div className="mx-auto max-w-2xl space-y-5 px-4 py-8">
      <title>Preferences · Staywell</title>
      <div>
        <h1 className="text-3xl font-bold">Preferences</h1>
        <p className="mt-1 text-muted">Your preferences shape the places and trips that we suggest.</p>
      </div>
      <MyPreferences />
    </div>
  </RequireAccount>
);
