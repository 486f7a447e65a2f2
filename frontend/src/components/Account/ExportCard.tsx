import { useState } from 'react';
import type { DataExport } from '../../api/wire';
import { useDataExport } from '../../hooks/useDataExport';
import { formatInstant } from '../../lib/dates';
import { useAppDispatch } from '../../store/hooks';
import { fetchExport, requestExport } from '../../store/slices/accountDataSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { LoadingSpinner } from '../Common/LoadingSpinner';

function Progress({ dataExport }: { dataExport: DataExport }) {
  return (
    <div>
      <label className="mb-1 block font-medium" htmlFor="export-progress">
        {dataExport.state === 'waiting' ? 'Your data is about to be put together.' : 'Your data is being put together.'}
      </label>
      <progress id="export-progress" max={dataExport.total} value={dataExport.done} className="h-2 w-full accent-pine-700" />
    </div>
  );
}

function Ready({ dataExport }: { dataExport: DataExport }) {
  const dispatch = useAppDispatch();
  const [busy, setBusy] = useState(false);
  /** A link works for some minutes: each download asks for a new one. */
  const download = async () => {
    setBusy(true);
    const fresh = await dispatch(fetchExport());
    setBusy(false);
    if (fetchExport.fulfilled.match(fresh) && fresh.payload.url) window.location.assign(fresh.payload.url);
  };
  return (
    <div className="space-y-3">
      <p>
        Your data of {formatInstant(dataExport.created_at)} is ready: {Math.max(1, Math.round(dataExport.size / 1000))} kB. The file is deleted on {formatInstant(dataExport.expires_at)}.
      </p>
      <Button busy={busy} onClick={() => void download()}>
        Download the file
      </Button>
    </div>
  );
}

export function ExportCard() {
  const dispatch = useAppDispatch();
  const { dataExport, error, goesOn } = useDataExport();
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    await dispatch(requestExport());
    setBusy(false);
  };
  return (
    <section aria-labelledby="export-title" className="card space-y-4 p-6">
      <h2 id="export-title" className="text-xl font-bold">
        Your data
      </h2>
      <p className="text-muted">A zip file with everything that is stored of you: bookings, payments, listings and their photos, favorites, plans, notifications and e-mails. Passwords are left out.</p>
      {error && <ErrorNote problem={error} onRetry={() => void dispatch(fetchExport())} />}
      {dataExport === undefined && !error && <LoadingSpinner label="Loading" />}
      {dataExport?.state === 'failed' && <p role="alert">Your data could not be put together. Ask for it again.</p>}
      {dataExport && goesOn && <Progress dataExport={dataExport} />}
      {dataExport?.state === 'ready' && <Ready dataExport={dataExport} />}
      {dataExport !== undefined && !goesOn && (
        <Button tone="secondary" busy={busy} onClick={() => void ask()}>
          {dataExport ? 'Ask for it again' : 'Ask for your data'}
        </Button>
      )}
    </section>
  );
}
