import type { DragEvent } from 'react';
import { Button } from '../../Common/Button';
import { Icon } from '../../Common/Icon';
import { IconButton } from '../../Common/IconButton';
import { ListingImage } from '../../Common/ListingImage';

export interface TileActions {
  onMove: (to: number) => void;
  onRemove: () => void;
  onUndo: () => void;
  onDragStart: () => void;
  onDragEnd: () => void;
  onDropHere: () => void;
}

interface Props extends TileActions {
  image: string;
  index: number;
  count: number;
  leaving: boolean;
  dragged: boolean;
}

export function PhotoTile({ image, index, count, leaving, dragged, ...act }: Props) {
  const place = index + 1;
  const name = `Photo ${place} of ${count}`;
  if (leaving)
    return (
      <li className="grid place-content-center justify-items-center gap-2 rounded-card border border-line bg-mist p-4 text-center">
        <p className="font-semibold">Removed</p>
        {/* eslint-disable-next-line jsx-a11y/no-autofocus -- takes over from the button that was just pressed */}
        <Button tone="secondary" autoFocus onClick={act.onUndo}>
          <Icon name="undo" /> Undo
        </Button>
      </li>
    );
  const over = (event: DragEvent) => event.preventDefault();
  return (
    <li
      aria-label={name}
      draggable
      onDragStart={act.onDragStart}
      onDragEnd={act.onDragEnd}
      onDragOver={over}
      onDrop={(event) => {
        event.preventDefault();
        act.onDropHere();
      }}
      className={`card cursor-grab overflow-hidden ${dragged ? 'opacity-50' : ''}`}
    >
      <div className="pointer-events-none relative aspect-[3/2]">
        <ListingImage src={image} seed={image} alt={name} eager={index < 6} sizes="(min-width: 480px) 20rem, 100vw" />
        {index === 0 && <span className="absolute top-3 left-3 rounded-full bg-apricot-300 px-3 py-1 text-sm font-bold text-ink">Cover</span>}
      </div>
      <div className="flex items-center justify-between p-1">
        <IconButton data-photo={`${image} left`} icon="chevronLeft" label={`Move photo ${place} left`} disabled={index === 0} onClick={() => act.onMove(index - 1)} />
        <span aria-hidden="true" className="text-sm text-muted tabular-nums">
          {place} / {count}
        </span>
        <IconButton data-photo={`${image} right`} icon="chevronRight" label={`Move photo ${place} right`} disabled={place === count} onClick={() => act.onMove(index + 1)} />
        <IconButton data-photo={`${image} remove`} icon="trash" label={`Remove photo ${place}`} className="text-rose-600" onClick={act.onRemove} />
      </div>
    </li>
  );
}
