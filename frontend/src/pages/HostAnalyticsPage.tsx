import { useCallback, useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { buttonStyle } from '../components/Common/buttonStyle';
import { EmptyState } from '../components/Common/EmptyState';
import { ErrorNote } from '../components/Common/ErrorNote';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { RequireAccount } from '../components/Common/RequireAccount';
import { AnalyticsFilters, type AnalyticsWish } from '../components/Hosting/Analytics/AnalyticsFilters';
import { Charts } from '../components/Hosting/Analytics/Charts';
import { FigureTiles } from '../components/Hosting/Analytics/FigureTiles';
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

  const load = useCallback(() => dispatch(fetchAnalytics({ from, to, listingId, currency })), [dispatch, from, to, listingId, currency]);
  useEffect(() => {
    const asked = load();
    return () => asked.abort();
  }, [load]);

  const narrow = (patch: Partial<AnalyticsWish>) => {
    const wish = { from, to, listing_id: listingId, currency, ...patch };
    // The other end follows, so that the range is never empty.
    if (wish.from > wish.to) Object.assign(wish, patch.from ? { to: wish.from } : { from: wish.to });
    setParams(Object.entries(wish).filter(([, value]) => value), { replace: true, preventScrollReset: true });
  };
  return { ...state, wish: { from, to, listing_id: listingId, currency }, narrow, load };
}

function Analytics() {
  const { report, loading, error, wish, narrow, load } = useAnalytics();
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
      <AnalyticsFilters wish={{ ...wish, currency: wish.currency || (report?.currency ?? '') }} currencies={report?.currencies ?? []} onChange={narrow} />
      {error && <ErrorNote problem={error} onRetry={load} />}
      {!report && loading && <LoadingSpinner label="Loading the figures" />}
      {empty && !error && (
        <EmptyState title="No figures yet" hint="They begin with your first listing: what it earns, how full it is, and what became of its requests.">
          <Link to="/host/listings/new" className={buttonStyle()}>
            New listing
          </Link>
        </EmptyState>
      )}
      {report && !empty && !error && (
        <div aria-busy={loading} className={`space-y-5 transition-opacity ${loading ? 'opacity-60' : ''}`}>
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
