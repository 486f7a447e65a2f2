import { useCallback, useEffect, useState } from 'react';
import type { Rank } from '../../../api/wire';
import type { ApiProblem } from '../../../api/problem';
import { formatMedium } from '../../../lib/dates';
import { homes } from '../../../lib/text';
import { useAppDispatch } from '../../../store/hooks';
import { fetchListingRank } from '../../../store/slices/hostingThunks';
import { ErrorNote } from '../../Common/ErrorNote';
import { LoadingSpinner } from '../../Common/LoadingSpinner';
import { limitTexts, rankTexts } from './rankTexts';

function RankPart({ part: { name, points, most }, facts }: { part: Rank['parts'][number]; facts: Rank['facts'] }) {
  const { label, fact, best } = rankTexts[name];
  return (
    <li className="space-y-2 rounded-2xl border border-line p-4">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="font-semibold">{label}</h3>
        <p className="text-sm text-muted tabular-nums">
          {points.toFixed(1)} of {most}
        </p>
      </div>
      <meter aria-label={label} min={0} max={most} value={points} className="h-2 w-full" />
      <p>{fact(facts)}</p>
      <p className="text-sm text-muted">All points for: {best}</p>
    </li>
  );
}

function Explained({ rank: { score, limited_by, parts, place, facts, ranked_at } }: { rank: Rank }) {
  return (
    <section aria-labelledby="rank" className="space-y-5">
      <div className="space-y-2">
        <h2 id="rank" className="text-2xl font-bold">
          Number {place.position} of {homes(place.listings)} in {place.city}
        </h2>
        <p>
          Travelers who choose no order see recommended homes first. Yours has {score.toFixed(1)} of 100 points. Nobody can buy a better place.
        </p>
        {limited_by && <p className="rounded-xl bg-apricot-100 p-4 text-apricot-800">{limitTexts[limited_by]}</p>}
      </div>
      <ul className="grid gap-4 md:grid-cols-2">
        {parts.map((part) => (
          <RankPart key={part.name} part={part} facts={facts} />
        ))}
      </ul>
      <p className="text-sm text-muted">Free nights and usual prices as of {formatMedium(ranked_at.slice(0, 10))}. They are worked out anew every day.</p>
    </section>
  );
}

export function ListingRank({ listingId }: { listingId: string }) {
  const dispatch = useAppDispatch();
  const [rank, setRank] = useState<Rank | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const load = useCallback(() => {
    const asked = dispatch(fetchListingRank(listingId));
    void asked.then((answer) => {
      if (answer.meta.requestStatus === 'rejected' && 'aborted' in answer.meta && answer.meta.aborted) return;
      setRank(fetchListingRank.fulfilled.match(answer) ? answer.payload : null);
      setProblem(fetchListingRank.rejected.match(answer) ? (answer.payload ?? null) : null);
    });
    return asked;
  }, [dispatch, listingId]);

  useEffect(() => {
    const asked = load();
    return () => asked.abort();
  }, [load]);

  if (problem?.code === 'LISTING_NOT_SHOWN') return <p className="rounded-2xl border border-line p-6">{problem.message}</p>;
  if (problem) return <ErrorNote problem={problem} onRetry={() => void load()} />;
  if (!rank) return <LoadingSpinner label="Loading the ranking" />;
  return <Explained rank={rank} />;
}
