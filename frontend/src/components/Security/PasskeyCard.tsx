import { useState, type FormEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import type { Passkey } from '../../api/wire';
import { formatAgo, formatInstant } from '../../lib/dates';
import { fieldErrors } from '../../lib/fieldErrors';
import { useAppDispatch } from '../../store/hooks';
import { messageShown } from '../../store/slices/messageSlice';
import { removePasskey, renamePasskey } from '../../store/slices/passkeySlice';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';
import { ProofForm } from './ProofForm';

interface DialogProps {
  passkey: Passkey;
  onClose: () => void;
}

function RenameDialog({ passkey, onClose }: DialogProps) {
  const dispatch = useAppDispatch();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { fields, formError } = fieldErrors(problem, ['name']);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name'));
    setBusy(true);
    const answer = await dispatch(renamePasskey({ id: passkey.id, name }));
    setBusy(false);
    if (renamePasskey.fulfilled.match(answer)) return onClose();
    setProblem(answer.payload ?? null);
  };

  return (
    <Dialog title="Rename the passkey" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} aria-label="Rename the passkey" className="space-y-4">
        {formError && <ErrorNote problem={formError} />}
        <Field label="Name" name="name" defaultValue={passkey.name} maxLength={60} required errors={fields.name} />
        <Button type="submit" busy={busy}>
          Save
        </Button>
      </form>
    </Dialog>
  );
}

function RemoveDialog({ passkey, onClose }: DialogProps) {
  const dispatch = useAppDispatch();
  return (
    <Dialog title="Remove the passkey?" onClose={onClose}>
      <ProofForm
        label="Remove the passkey"
        action="Remove it"
        tone="danger"
        onProof={async (proof) => {
          const answer = await dispatch(removePasskey({ id: passkey.id, proof }));
          if (removePasskey.rejected.match(answer)) return answer.payload;
          dispatch(messageShown({ tone: 'success', text: `${passkey.name} was removed.` }));
          return null;
        }}
      >
        <p className="wrap-anywhere text-muted">
          {passkey.name} will log nobody in any more. Delete it on the device too: it is offered there until then. Devices that are logged in stay so, see where you are logged in.
        </p>
      </ProofForm>
    </Dialog>
  );
}

export function PasskeyCard({ passkey }: { passkey: Passkey }) {
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null);
  const close = () => setOpen(null);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-56">
        <h3 className="font-semibold wrap-anywhere">
          {passkey.name}
          {passkey.is_synced && <span className="ml-2 inline-block rounded-full bg-pine-50 px-3 py-0.5 text-sm font-medium text-pine-700">On all your devices</span>}
        </h3>
        <p className="text-sm text-muted">
          Added <time dateTime={passkey.created_at}>{formatInstant(passkey.created_at)}</time> ·{' '}
          {passkey.used_at ? <>last used <time dateTime={passkey.used_at}>{formatAgo(passkey.used_at)}</time></> : 'not used yet'}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button tone="quiet" onClick={() => setOpen('rename')} aria-label={`Rename ${passkey.name}`}>
          Rename
        </Button>
        <Button tone="secondary" onClick={() => setOpen('remove')} aria-label={`Remove ${passkey.name}`}>
          Remove
        </Button>
      </div>
      {open === 'rename' && <RenameDialog passkey={passkey} onClose={close} />}
      {open === 'remove' && <RemoveDialog passkey={passkey} onClose={close} />}
    </li>
  );
}
