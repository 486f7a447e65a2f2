import { useEffect, useState } from 'react';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { problem as problemOf, type ApiProblem } from '../api/problem';
import type { ListingHost } from '../api/wire';
import { ErrorNote } from '../components/Common/ErrorNote';
import { ErrorScreen } from '../components/Common/ErrorScreen';
import { ListingImage } from '../components/Common/ListingImage';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { RequireAccount } from '../components/Common/RequireAccount';
import { answerTimeText } from '../components/Threads/answerTime';
import { Composer } from '../components/Threads/Composer';
import { placeName } from '../lib/text';
import { useAppDispatch } from '../store/hooks';
import { askHost, fetchListingHost } from '../store/slices/threadSlice';

function useListingHost(listingId: string) {
  const dispatch = useAppDispatch();
  const [asked, setAsked] = useState(0);
  const [host, setHost] = useState<ListingHost | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    const call = dispatch(fetchListingHost(listingId));
    void call.then((found) => {
      if (fetchListingHost.fulfilled.match(found)) setHost(found.payload);
      else if (!found.meta.aborted) setProblem(found.payload ?? null);
    });
    return () => call.abort();
  }, [dispatch, listingId, asked]);
  return { host, problem, reload: () => setAsked(asked + 1) };
}

function AskHost({ listingId }: { listingId: string }) {
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const { host, problem, reload } = useListingHost(listingId);
  if (problem?.status === 404) return <ErrorScreen title="Place not found" text="It may have been withdrawn." />;
  if (problem)
    return (
      <div className="mx-auto max-w-3xl px-4 py-16">
        <ErrorNote problem={problem} onRetry={reload} />
      </div>
    );
  if (!host) return <LoadingSpinner label="Loading the place" />;
  if (host.thread_id) return <Navigate to={`/messages/${host.thread_id}`} replace />;

  const { listing } = host;
  const name = host.host_first_name || 'the host';
  const speed = answerTimeText(host.answer_time);
  const send = async (text: string, clientId: string) => {
    const sent = await dispatch(askHost({ id: listingId, text, clientId }));
    if (!askHost.fulfilled.match(sent)) return sent.payload ?? problemOf('UNEXPECTED', 'It was not sent. Try again.');
    void navigate(`/messages/${sent.payload.thread_id}`, { replace: true });
    return null;
  };
  return (
    <div className="mx-auto max-w-2xl px-4 py-8">
      <title>Ask the host · Staywell</title>
      <h1 className="mb-4 text-3xl font-bold">Ask {name}</h1>
      <div className="card overflow-hidden">
        <Link to={`/listings/${listing.id}`} className="flex items-center gap-4 p-4 hover:bg-mist">
          <div className="size-20 shrink-0 overflow-hidden rounded-xl">
            <ListingImage src={listing.image} seed={listing.id} sizes="5rem" />
          </div>
          <div className="min-w-0">
            <b className="font-semibold wrap-anywhere">{listing.title}</b>
            <p className="text-muted">{placeName(listing)}</p>
            {speed && <p className="text-sm text-muted">{speed}</p>}
          </div>
        </Link>
        <Composer draft={`listing:${listingId}`} to={name} hasSavedReplies={false} send={send} />
      </div>
    </div>
  );
}

export function AskHostPage() {
  const { listingId = '' } = useParams();
  return (
    <RequireAccount kind="traveler">
      <AskHost listingId={listingId} />
    </RequireAccount>
  );
}
