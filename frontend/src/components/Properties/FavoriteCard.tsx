import type { Favorite } from '../../api/wire';
import { useAppDispatch } from '../../store/hooks';
import { addFavorite, removeFavorite } from '../../store/slices/favoriteThunks';
import { Button } from '../Common/Button';
import { PropertyCard } from './PropertyCard';
import { WithdrawnCard } from './WithdrawnCard';

interface Props {
  favorite: Favorite;
  removed: boolean;
}

/** Removed, it keeps its place on the page with the way back. */
export function FavoriteCard({ favorite, removed }: Props) {
  const dispatch = useAppDispatch();
  if (removed)
    return (
      <div className="flex h-full min-h-40 flex-col items-center justify-center gap-3 rounded-card border border-dashed border-edge p-6 text-center">
        <p role="status" className="wrap-anywhere">
          <b>{favorite.title}</b> is no favorite any more.
        </p>
        {favorite.is_active && (
          <Button tone="secondary" aria-label={`Undo: ${favorite.title}`} onClick={() => dispatch(addFavorite(favorite))}>
            Undo
          </Button>
        )}
      </div>
    );
  if (!favorite.is_active) return <WithdrawnCard listing={favorite} onRemove={() => dispatch(removeFavorite(favorite))} />;
  return <PropertyCard listing={favorite} to={`/listings/${favorite.id}`} />;
}
