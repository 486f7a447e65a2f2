import { useId, useState } from 'react';
import { PHOTO_ACCEPT } from '../../../lib/photoFiles';
import { buttonStyle } from '../../Common/buttonStyle';
import { Icon } from '../../Common/Icon';

/** Takes files by a button or dropped on it; several at once. */
export function PhotoDrop({ onFiles }: { onFiles: (files: File[]) => void }) {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    <div
      data-testid="photo-drop"
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      }}
      className={`flex flex-col items-center gap-3 rounded-card border-2 border-dashed px-6 py-8 text-center ${over ? 'border-pine-700 bg-pine-50' : 'border-edge bg-surface'}`}
    >
      <p className="hidden font-semibold sm:block">Drop photos here, or</p>
      <label htmlFor={id} className={`${buttonStyle()} cursor-pointer hover:bg-pine-900 has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-pine-600`}>
        <input
          id={id}
          type="file"
          multiple
          accept={PHOTO_ACCEPT}
          className="sr-only"
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <Icon name="upload" /> Choose photos
      </label>
      <p className="text-sm text-muted">JPEG, PNG, WebP, HEIC or AVIF, up to 15 MB each and 30 in all. The place where a photo was taken is removed from it.</p>
    </div>
  );
}
