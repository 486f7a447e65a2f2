import { useState } from 'react';
import type { CalendarExport } from '../../../api/wire';
import { useSubmit } from '../../../hooks/useSubmit';
import { formatInstant } from '../../../lib/dates';
import { useAppDispatch } from '../../../store/hooks';
import { endAddress, renewAddress } from '../../../store/slices/calendarSlice';
import { messageShown } from '../../../store/slices/messageSlice';
import { Button } from '../../Common/Button';
import { ErrorNote } from '../../Common/ErrorNote';
import { Field } from '../../Common/Field';
import { EndAddressDialog } from './EndAddressDialog';

/** The secret address under which other sites read what is taken here. */
export function AddressCard({ listingId, address }: { listingId: string; address: CalendarExport | null }) {
  const dispatch = useAppDispatch();
  const [asking, setAsking] = useState<'renew' | 'end' | null>(null);
  const { busy, problem, submit } = useSubmit();
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      dispatch(messageShown({ tone: 'success', text: 'Copied.' }));
    } catch {
      dispatch(messageShown({ tone: 'error', text: 'This browser does not copy. Select the address and copy it yourself.' }));
    }
  };
  const act = async () => {
    const send = () => (asking === 'end' ? dispatch(endAddress(listingId)) : dispatch(renewAddress(listingId)));
    if (await submit(send)) setAsking(null);
  };
  return (
    <section aria-labelledby="address-title" className="space-y-4">
      <h2 id="address-title" className="text-xl font-bold">
        From here to other sites
      </h2>
      <div className="card space-y-4 p-5 sm:p-6">
        <p className="text-muted">Other sites read at this address which nights are taken here. It says nothing of your guests. Whoever has the address can read it, so give it to those sites alone.</p>
        {problem && !asking && <ErrorNote problem={problem} />}
        {address ? (
          <>
            <Field label="Address for other sites" readOnly value={address.address} hint={`Made ${formatInstant(address.created_at)}.`} onFocus={(event) => event.currentTarget.select()} />
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => void copy(address.address)}>Copy</Button>
              <Button tone="secondary" onClick={() => setAsking('renew')}>
                Make a new one
              </Button>
              <Button tone="danger" onClick={() => setAsking('end')}>
                End it
              </Button>
            </div>
          </>
        ) : (
          <Button busy={busy} onClick={() => void submit(() => dispatch(renewAddress(listingId)))}>
            Make an address
          </Button>
        )}
        {asking && <EndAddressDialog isRenewed={asking === 'renew'} busy={busy} problem={problem} onAct={() => void act()} onClose={() => setAsking(null)} />}
      </div>
    </section>
  );
}
