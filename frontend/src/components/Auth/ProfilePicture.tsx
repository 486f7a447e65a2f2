import { useEffect, useId, useMemo, useState, type ChangeEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import type { User } from '../../api/wire';
import { PHOTO_ACCEPT } from '../../lib/photoFiles';
import { useAppDispatch } from '../../store/hooks';
import { removePicture, uploadPicture } from '../../store/slices/profileThunks';
import { Button } from '../Common/Button';
import { ListingImage } from '../Common/ListingImage';

/** The address of a chosen file, for as long as it is shown. */
function usePreview(file: File | null) {
  const address = useMemo(() => (file ? URL.createObjectURL(file) : null), [file]);
  useEffect(() => () => void (address && URL.revokeObjectURL(address)), [address]);
  return address;
}

export function ProfilePicture({ user }: { user: User }) {
  const dispatch = useAppDispatch();
  const inputId = useId();
  const [chosen, setChosen] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const preview = usePreview(chosen);
  const stored = user.profile.profile_picture;

  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    setProblem(null);
    setChosen(event.target.files?.[0] ?? null);
    event.target.value = '';
  };
  const settle = (failure: ApiProblem | null | undefined) => {
    setBusy(false);
    setProblem(failure ?? null);
    if (!failure) setChosen(null);
  };
  const upload = async () => {
    if (!chosen) return;
    setBusy(true);
    const answer = await dispatch(uploadPicture(chosen));
    settle(uploadPicture.rejected.match(answer) ? answer.payload : null);
  };
  const remove = async () => {
    setBusy(true);
    const answer = await dispatch(removePicture());
    settle(removePicture.rejected.match(answer) ? answer.payload : null);
  };

  return (
    <div className="flex flex-wrap items-center gap-4">
      <div className="size-24 shrink-0 overflow-hidden rounded-full border-4 border-surface bg-mist">
        <ListingImage src={preview ?? stored} seed={user.id} alt={preview ? 'The chosen picture' : 'Your picture'} eager sizes="6rem" />
      </div>
      <div className="flex flex-wrap gap-2">
        {chosen ? (
          <>
            <Button busy={busy} onClick={upload}>
              Use this picture
            </Button>
            <Button tone="secondary" disabled={busy} onClick={() => setChosen(null)}>
              Discard
            </Button>
          </>
        ) : (
          <>
            <label
              htmlFor={inputId}
              className="inline-flex min-h-11 cursor-pointer items-center rounded-full border border-edge bg-surface px-5 font-semibold hover:bg-mist has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-pine-600"
            >
              {stored ? 'Change picture' : 'Add a picture'}
              <input id={inputId} type="file" accept={PHOTO_ACCEPT} onChange={choose} className="sr-only" />
            </label>
            {stored && (
              <Button tone="quiet" busy={busy} onClick={remove}>
                Remove picture
              </Button>
            )}
          </>
        )}
      </div>
      {problem && (
        <p role="alert" className="basis-full text-sm font-medium text-rose-600">
          {problem.fields.image?.join(' ') ?? problem.message}
        </p>
      )}
    </div>
  );
}
