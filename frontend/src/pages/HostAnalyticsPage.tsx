import { useCallback, useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { buttonStyle } from '../components/Common/buttonStyle';
import { EmptyState } from '../components/Common/EmptyState';
import { ErrorNote } from '../components/Common/ErrorNote';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { RequireAccount } from '../components/Common/RequireAccount';
import { AnalyticsFilters, type AnalyticsChoice } from '../components/Hosting/Analytics/AnalyticsFilters';
import { Charts } from '../components/Hosting/Analytics/Charts';
import { FigureTiles } from '../components/Hosting/Analytics/FigureTiles';
import { useAnswered } from '../hooks/useAnswered';
import { formatInstant } from '../lib/dates';
import { readMonths } from '../lib/months';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchAnalytics, selectAnalytics } from '../store/slices/analyticsSlice';

function useAnalytics() {
  const dispatch = useAppDispatch();
  const [params, setParams] = useSearchParams();
  const state = useAppSelector(selectAnalytics);
  const { from, to } = readMonths(params.get('from'), params.get('to'));
  const listingId = params.get('listing_id') ?? '';
  const currency = params.get('currency') ?? '';

  const query = params.toString();
  const [answered, follow] = useAnswered();
  const load = useCallback(() => dispatch(fetchAnalytics({ from, to, listingId, currency })), [dispatch, from, to, listingId, currency]);
  useEffect(() => {
    const asked = load();
    follow(query, asked);
    return () => asked.abort();
  }, [load, query, follow]);

  const narrow = (patch: Partial<AnalyticsChoice>) => {
    const choice = { from, to, listing_id: listingId, currency, ...patch };
    // The other end follows, so that the range is never empty.
    if (choice.from > choice.to) Object.assign(choice, patch.from ? { to: choice.from } : { from: choice.to });
    setParams(Object.entries(choice).filter(([, value]) => value), { replace: true, preventScrollReset: true });
  };
  return { ...state, answered, choice: { from, to, listing_id: listingId, currency }, narrow, load };
}

function Analytics() {
  const { report, loading, answered, error, choice, narrow, load } = useAnalytics();
  const empty = report !== null && report.currencies.length === 0;
  return (
    <div className="mx-auto max-w-7xl space-y-5 px-4 py-8">
      <title>Analytics · Staywell</title>
      <div>
        <h1 className="text-3xl font-bold">Analytics</h1>
        {report?.as_of && (
          <p className="mt-1 text-muted">
            As of <time dateTime={report.as_of}>{formatInstant(report.as_of)}</time>
          </p>
        )}
      </div>
      <AnalyticsFilters choice={{ ...choice, currency: choice.currency || (report?.currency ?? '') }} currencies={report?.currencies ?? []} onChange={narrow} />
      {error && <ErrorNote problem={error} onRetry={load} />}
      {!report && loading && <LoadingSpinner label="Loading the figures" />}
      {empty && !error && (
        <EmptyState title="No figures yet" hint="They start with your first listing: its revenue, its occupancy and its bookings.">
          <Link to="/host/listings/new" className={buttonStyle()}>
            New listing
          </Link>
        </EmptyState>
      )}
      {report && !empty && !error && (
        <div aria-busy={loading} data-query={answered} className={`space-y-5 transition-opacity ${loading ? 'opacity-60' : ''}`}>
          <FigureTiles totals={report.totals} currency={report.currency} />
          <Charts report={report} />
        </div>
      )}
    </div>
  );
}

export const HostAnalyticsPage = () => (
  <RequireAccount kind="owner">
    <Analytics />
  </RequireAccount>
);
