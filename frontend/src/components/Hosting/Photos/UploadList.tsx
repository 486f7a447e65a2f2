import type { QueuedPhoto } from '../../../hooks/usePhotoQueue';
import { Button } from '../../Common/Button';
import { Icon } from '../../Common/Icon';
import { IconButton } from '../../Common/IconButton';

interface Props {
  photos: QueuedPhoto[];
  onAgain: (photo: QueuedPhoto) => void;
  onDismiss: (key: string) => void;
}

function Row({ photo, onAgain, onDismiss }: { photo: QueuedPhoto } & Omit<Props, 'photos'>) {
  if (photo.refusal)
    return (
      <li className="flex flex-wrap items-center gap-3 rounded-xl bg-rose-50 py-1 pr-1 pl-4 text-rose-800">
        <Icon name="warning" />
        <p role="alert" className="min-w-0 flex-1 py-2 wrap-anywhere">
          <b>{photo.name}</b>: {photo.refusal}
        </p>
        {photo.again && (
          <Button tone="secondary" onClick={() => onAgain(photo)}>
            Try again
          </Button>
        )}
        <IconButton icon="close" label={`Dismiss ${photo.name}`} onClick={() => onDismiss(photo.key)} />
      </li>
    );
  const percent = Math.round((photo.progress ?? 0) * 100);
  const state = photo.progress === null ? 'Waiting' : percent < 100 ? `${percent} %` : 'Processing';
  return (
    <li className="rounded-xl border border-line bg-surface px-4 py-3">
      <div className="flex justify-between gap-3 text-sm">
        <span className="min-w-0 truncate font-semibold">{photo.name}</span>
        <span className="text-muted tabular-nums">{state}</span>
      </div>
      <progress aria-label={`Upload of ${photo.name}`} max={100} value={percent} className="mt-2 h-2 w-full accent-pine-700" />
    </li>
  );
}

export function UploadList({ photos, ...handlers }: Props) {
  if (photos.length === 0) return null;
  return (
    <ul aria-label="Uploads" className="space-y-2">
      {photos.map((photo) => (
        <Row key={photo.key} photo={photo} {...handlers} />
      ))}
    </ul>
  );
}
