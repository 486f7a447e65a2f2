import { useState } from 'react';
import { knowsPasskeys, makePasskey, passkeyProblem } from '../../lib/passkeys';
import { useAppDispatch } from '../../store/hooks';
import { messageShown } from '../../store/slices/messageSlice';
import { addPasskey, beginPasskey } from '../../store/slices/passkeySlice';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';
import { Field } from '../Common/Field';
import { ProofForm } from './ProofForm';

export function AddPasskey() {
  const dispatch = useAppDispatch();
  const [open, setOpen] = useState(false);

  if (!knowsPasskeys()) return <p className="text-muted">This browser has no passkeys. Open this page in another one to add one.</p>;
  return (
    <>
      <Button tone="secondary" onClick={() => setOpen(true)}>
        Add a passkey
      </Button>
      {open && (
        <Dialog title="Add a passkey" onClose={() => setOpen(false)}>
          <ProofForm
            label="Add a passkey"
            action="Go on"
            names={['name']}
            onProof={async (proof, form) => {
              const begun = await dispatch(beginPasskey(proof));
              if (!beginPasskey.fulfilled.match(begun)) return begun.payload;
              try {
                const made = await makePasskey(begun.payload);
                const added = await dispatch(addPasskey({ name: String(form.get('name')), ...made }));
                if (addPasskey.rejected.match(added)) return added.payload;
              } catch (error) {
                return passkeyProblem(error);
              }
              setOpen(false);
              dispatch(messageShown({ tone: 'success', text: 'The passkey was added.' }));
              return null;
            }}
          >
            <Field label="Name" name="name" defaultValue="My passkey" maxLength={60} required hint="So that you know it among others, such as My phone." />
          </ProofForm>
        </Dialog>
      )}
    </>
  );
}
