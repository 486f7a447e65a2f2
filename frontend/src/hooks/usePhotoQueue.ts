import { useCallback, useRef, useState } from 'react';
import { photoRefusal } from '../lib/photoFiles';
import { uuid } from '../lib/uuid';
import { useAppDispatch } from '../store/hooks';
import { uploadPhoto } from '../store/slices/hostingThunks';

export interface QueuedPhoto {
  key: string;
  name: string;
  file: File;
  /** Of 1; null while it waits. */
  progress: number | null;
  refusal: string | null;
  again: boolean;
}

const queued = (file: File): QueuedPhoto => ({ key: uuid(), name: file.name, file, progress: null, refusal: photoRefusal(file), again: false });

/** Files on their way to the API, one after the other; those refused stay with their sentence. */
export function usePhotoQueue(listingId: string, room: number) {
  const dispatch = useAppDispatch();
  const [photos, setPhotos] = useState<QueuedPhoto[]>([]);
  const line = useRef(Promise.resolve());

  const patch = useCallback((key: string, change: Partial<QueuedPhoto>) => {
    setPhotos((known) => known.map((photo) => (photo.key === key ? { ...photo, ...change } : photo)));
  }, []);
  const dismiss = useCallback((key: string) => setPhotos((known) => known.filter((photo) => photo.key !== key)), []);

  /** Puts a call into the line, behind all that were put there before. */
  const inLine = useCallback((call: () => Promise<unknown>) => {
    line.current = line.current.then(call, call).then(() => undefined);
    return line.current;
  }, []);

  const send = useCallback(
    ({ key, file }: QueuedPhoto) =>
      inLine(async () => {
        patch(key, { progress: 0, refusal: null });
        const answer = await dispatch(uploadPhoto({ listingId, file, onProgress: (progress) => patch(key, { progress }) }));
        if (uploadPhoto.fulfilled.match(answer)) return dismiss(key);
        const problem = answer.payload;
        const again = !problem || problem.status === null || problem.status >= 500 || problem.status === 429;
        patch(key, { progress: null, refusal: problem?.message ?? 'It was not uploaded.', again });
      }),
    [dispatch, dismiss, inLine, listingId, patch],
  );

  const add = (files: File[]) => {
    const open = photos.filter((photo) => !photo.refusal).length;
    let free = room - open;
    const fresh = files.map(queued).map((photo) => {
      if (photo.refusal) return photo;
      free -= 1;
      return free < 0 ? { ...photo, refusal: 'A listing has at most 30 photos.' } : photo;
    });
    setPhotos((known) => [...known, ...fresh]);
    for (const photo of fresh) if (!photo.refusal) void send(photo);
  };

  return { photos, add, again: send, dismiss, inLine };
}
