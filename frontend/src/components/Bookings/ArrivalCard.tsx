import { lazy, Suspense, useEffect } from 'react';
import type { Arrival, Booking } from '../../api/wire';
import { formatFull } from '../../lib/dates';
import { areaName } from '../../lib/text';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { fetchArrival, selectArrival } from '../../store/slices/arrivalSlice';
import { ErrorNote } from '../Common/ErrorNote';
import { LoadingSpinner } from '../Common/LoadingSpinner';
import { ContactForm } from './ContactForm';

const SpotMap = lazy(() => import('../Map/SpotMap'));

function Instructions({ arrival }: { arrival: Arrival }) {
  const { arrival_instructions: text, instructions_from: from } = arrival;
  if (text) return <p className="rounded-xl bg-mist p-3 wrap-anywhere whitespace-pre-line">{text}</p>;
  return <p className="text-muted">{text === null ? `How to get in is shown here from ${formatFull(from)}.` : 'The host has written nothing about how to get in. Ask below.'}</p>;
}

function Place({ arrival }: { arrival: Arrival }) {
  const { location } = arrival;
  return (
    <>
      <address className="not-italic wrap-anywhere">
        {location.address && (
          <>
            <b className="font-semibold">{location.address}</b>
            <br />
          </>
        )}
        {areaName(location)}
      </address>
      <div className="isolate h-64 overflow-hidden rounded-card border border-line">
        <Suspense fallback={<LoadingSpinner label="Loading the map" />}>
          <SpotMap coordinates={location.coordinates.coordinates} exact />
        </Suspense>
      </div>
    </>
  );
}

/** What only the two sides of a confirmed stay know: where it is, how to get in, and each other. */
export function ArrivalCard({ booking, forHost }: { booking: Booking; forHost: boolean }) {
  const dispatch = useAppDispatch();
  const { bookingId, arrival, problem } = useAppSelector(selectArrival);
  const { id, version } = booking;
  useEffect(() => {
    const asked = dispatch(fetchArrival(id));
    return () => asked.abort();
  }, [dispatch, id, version]);

  const known = bookingId === id ? arrival : null;
  if (bookingId === id && problem?.code === 'PLACE_NOT_SHOWN') return null;
  return (
    <section aria-labelledby="arrival-heading" className="card space-y-4 p-5">
      <h2 id="arrival-heading" className="text-lg font-bold">
        {forHost ? 'Your guest' : 'Getting there'}
      </h2>
      {bookingId === id && problem && <ErrorNote problem={problem} onRetry={() => dispatch(fetchArrival(id))} />}
      {!known && !problem && <LoadingSpinner label="Loading the place" />}
      {known && !forHost && (
        <>
          <Place arrival={known} />
          <h3 className="font-bold">How to get in</h3>
          <Instructions arrival={known} />
        </>
      )}
      {known?.can_contact && <ContactForm key={id} bookingId={id} name={known.contact_first_name} forHost={forHost} />}
    </section>
  );
}
