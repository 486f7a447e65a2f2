import { useEffect, useState } from 'react';
import { ErrorNote } from '../components/Common/ErrorNote';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { Pagination } from '../components/Common/Pagination';
import { RequireAccount } from '../components/Common/RequireAccount';
import { PlanList } from '../components/Planner/PlanList';
import { TripForm } from '../components/Planner/TripForm';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchPlans, selectPlanner } from '../store/slices/plannerSlice';
import { fetchPreferences, selectPreferences } from '../store/slices/preferenceSlice';
import { fetchPlaces } from '../store/slices/searchSlice';

function SavedPlans() {
  const dispatch = useAppDispatch();
  const { plans, pagination, loading, error } = useAppSelector(selectPlanner);
  const [page, setPage] = useState(1);
  useEffect(() => {
    const asked = dispatch(fetchPlans(page));
    return () => asked.abort();
  }, [dispatch, page]);
  return (
    <section aria-labelledby="plans-heading" className="space-y-4">
      <h2 id="plans-heading" className="text-xl font-bold">
        Saved plans
      </h2>
      {error && <ErrorNote problem={error} onRetry={() => dispatch(fetchPlans(page))} />}
      {loading && plans.length === 0 && <div role="status" aria-label="Loading plans" className="skeleton h-24 rounded-card" />}
      {!loading && !error && plans.length === 0 && <p className="text-muted">No plans yet. Plans that you make are saved here.</p>}
      <PlanList plans={plans} />
      <Pagination label="Pages of plans" pagination={pagination} onPage={setPage} />
    </section>
  );
}

function Planner() {
  const dispatch = useAppDispatch();
  const { preferences, error } = useAppSelector(selectPreferences);
  useEffect(() => {
    void dispatch(fetchPreferences());
    void dispatch(fetchPlaces());
  }, [dispatch]);
  return (
    <div className="mx-auto max-w-4xl space-y-8 px-4 py-8 sm:px-6">
      <title>Plan a trip · Staywell</title>
      <div>
        <h1 className="text-3xl font-bold">Plan a trip</h1>
        <p className="mt-1 text-muted">Days filled with what you like, matched to the weather, with a stay that is free and can be booked.</p>
      </div>
      {preferences || error ? <TripForm preferences={preferences} /> : <LoadingSpinner />}
      <SavedPlans />
    </div>
  );
}

export const PlannerPage = () => (
  <RequireAccount kind="traveler">
    <Planner />
  </RequireAccount>
);
