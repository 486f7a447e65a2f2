import { lazy, Suspense, useEffect, useMemo } from 'react';
import { Link, useParams } from 'react-router';
import type { Itinerary } from '../api/wire';
import { ErrorNote } from '../components/Common/ErrorNote';
import { ErrorScreen } from '../components/Common/ErrorScreen';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { RequireAccount } from '../components/Common/RequireAccount';
import { PlanDay } from '../components/Planner/PlanDay';
import { OtherStays, PlanStay } from '../components/Planner/PlanStay';
import { WeatherSource } from '../components/Planner/WeatherSource';
import { formatRange } from '../lib/dates';
import { guests } from '../lib/text';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchPlan, selectPlanner } from '../store/slices/plannerSlice';

const TripMap = lazy(() => import('../components/Map/TripMap'));

const plannerNames: Record<Itinerary['planner'], string> = { embedded: 'planned by Staywell’s own planner', openai: 'planned with a language model' };

function Days({ plan }: { plan: Itinerary }) {
  const firstMark = (index: number) => 1 + plan.days.slice(0, index).reduce((sum, day) => sum + day.activities.length, 0);
  return (
    <section aria-label="Day by day" className="min-w-0 space-y-4 max-lg:order-2">
      {plan.days.map((day, index) => (
        <PlanDay key={day.date} day={day} number={index + 1} firstMark={firstMark(index)} />
      ))}
      {plan.weather && <WeatherSource weather={plan.weather} />}
    </section>
  );
}

function Plan({ plan }: { plan: Itinerary }) {
  const activities = useMemo(() => plan.days.flatMap((day) => day.activities), [plan.days]);
  return (
    <div className="mx-auto max-w-6xl space-y-6 px-4 py-8 sm:px-6">
      <title>{`${plan.destination} · Staywell`}</title>
      <Link to="/plan" className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
        All my plans
      </Link>
      <div className="space-y-2">
        <h1 className="text-3xl font-bold wrap-anywhere">{plan.destination}</h1>
        <p className="text-muted">
          {formatRange(plan.start_date, plan.end_date)} · {guests(plan.guests)} · {plannerNames[plan.planner]}
        </p>
        <p className="max-w-prose text-lg">{plan.summary}</p>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Days plan={plan} />
        <div className="min-w-0 space-y-6 max-lg:contents">
          <div className="isolate h-80 overflow-hidden rounded-card border border-line max-lg:order-1">
            <Suspense fallback={<LoadingSpinner label="Loading the map" />}>
              <TripMap activities={activities} stay={plan.stay?.listing ?? null} />
            </Suspense>
          </div>
          <div className="space-y-6 max-lg:order-3">
            {plan.stay ? (
              <PlanStay stay={plan.stay} />
            ) : (
              <p className="card p-5">This plan has no stay; its first lines say why. Try other dates, fewer guests or a larger budget.</p>
            )}
            <OtherStays stays={plan.alternatives} />
          </div>
        </div>
      </div>
    </div>
  );
}

function OnePlan({ id }: { id: string }) {
  const dispatch = useAppDispatch();
  const { plan, planError } = useAppSelector(selectPlanner);
  const known = plan?.id === id;
  useEffect(() => {
    if (known) return;
    const asked = dispatch(fetchPlan(id));
    return () => asked.abort();
  }, [dispatch, id, known]);
  if (plan && known) return <Plan plan={plan} />;
  if (planError?.status === 404) return <ErrorScreen title="Plan not found" text="It may have been deleted, or it belongs to another account." />;
  if (planError)
    return (
      <div className="mx-auto max-w-3xl px-4 py-16">
        <ErrorNote problem={planError} onRetry={() => dispatch(fetchPlan(id))} />
      </div>
    );
  return <LoadingSpinner label="Loading the plan" />;
}

export function PlanPage() {
  const { planId = '' } = useParams();
  return (
    <RequireAccount kind="traveler">
      <OnePlan id={planId} />
    </RequireAccount>
  );
}
