import { useLayoutEffect, useRef, useState } from 'react';
import type { OwnListing } from '../../../api/wire';
import type { ApiProblem } from '../../../api/problem';
import { usePhotoQueue } from '../../../hooks/usePhotoQueue';
import { usePhotoRemoval } from '../../../hooks/usePhotoRemoval';
import { MOST_PHOTOS, moved } from '../../../lib/photoFiles';
import { useAppDispatch } from '../../../store/hooks';
import { photosOrdered } from '../../../store/slices/hostingSlice';
import { fetchOwnListing, removePhoto, saveOrder } from '../../../store/slices/hostingThunks';
import { ErrorNote } from '../../Common/ErrorNote';
import { PhotoDrop } from './PhotoDrop';
import { PhotoTile } from './PhotoTile';
import { UploadList } from './UploadList';

const STALE = 'The photos were changed somewhere else in the meantime. This is the newest order: move yours again.';

export function PhotoManager({ listing: { id, images } }: { listing: OwnListing }) {
  const dispatch = useAppDispatch();
  const { photos, add, again, dismiss, inLine } = usePhotoQueue(id, MOST_PHOTOS - images.length);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const focusOn = useRef<string | null>(null);
  const root = useRef<HTMLUListElement>(null);

  const settle = async (answer: { meta: { requestStatus: string }; payload?: unknown }) => {
    if (answer.meta.requestStatus === 'fulfilled') return;
    const failure = (answer.payload as ApiProblem | undefined) ?? null;
    setProblem(failure?.status === 412 ? { ...failure, message: STALE } : failure);
    await dispatch(fetchOwnListing(id));
  };
  const { leaving, mark, undo } = usePhotoRemoval((image) => inLine(async () => settle(await dispatch(removePhoto({ listingId: id, image })))));

  const move = (from: number, to: number) => {
    if (from === to) return;
    setProblem(null);
    setTold(`Photo ${from + 1} is now at place ${to + 1} of ${images.length}.`);
    dispatch(photosOrdered(moved(images, from, to)));
    void inLine(async () => settle(await dispatch(saveOrder({ listingId: id }))));
  };
  const step = (image: string, from: number, to: number) => {
    const side = to < from ? 'left' : 'right';
    const atEnd = to === 0 || to === images.length - 1;
    focusOn.current = `${image} ${atEnd ? (to === 0 ? 'right' : 'left') : side}`;
    move(from, to);
  };

  useLayoutEffect(() => {
    if (!focusOn.current) return;
    root.current?.querySelector<HTMLElement>(`[data-photo="${CSS.escape(focusOn.current)}"]`)?.focus();
    focusOn.current = null;
  }, [images, leaving]);

  return (
    <div className="space-y-5">
      <PhotoDrop onFiles={add} />
      <UploadList photos={photos} onAgain={again} onDismiss={dismiss} />
      {problem && <ErrorNote problem={problem} />}
      {images.length === 0 && photos.length === 0 && <p className="text-center text-muted">No photo yet. The first one becomes the cover.</p>}
      {images.length > 1 && <p className="text-sm text-muted">Drag the photos into their order, or move them with the arrows. The first one is the cover.</p>}
      <ul ref={root} aria-label="Photos" className="grid gap-4 min-[480px]:grid-cols-2 lg:grid-cols-3">
        {images.map((image, index) => (
          <PhotoTile
            key={image}
            image={image}
            index={index}
            count={images.length}
            leaving={leaving.includes(image)}
            dragged={dragged === image}
            onMove={(to) => step(image, index, to)}
            onRemove={() => mark(image)}
            onUndo={() => {
              focusOn.current = `${image} remove`;
              undo(image);
            }}
            onDragStart={() => setDragged(image)}
            onDragEnd={() => setDragged(null)}
            onDropHere={() => dragged && move(images.indexOf(dragged), index)}
          />
        ))}
      </ul>
      <p role="status" className="sr-only">
        {told}
      </p>
    </div>
  );
}
