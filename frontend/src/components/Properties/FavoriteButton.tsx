import type { ListingCard } from '../../api/wire';
import { useFavorite } from '../../hooks/useFavorite';
import { Icon } from '../Common/Icon';

interface Props {
  listing: ListingCard;
  className?: string;
}

export function FavoriteButton({ listing, className = '' }: Props) {
  const { chosen, offered, toggle } = useFavorite(listing);
  if (!offered) return null;
  return (
    <button
      type="button"
      aria-pressed={chosen}
      aria-label={`Favorite: ${listing.title}`}
      onClick={toggle}
      className={`inline-grid size-11 place-items-center rounded-full border border-line bg-surface/95 transition-colors hover:bg-surface ${chosen ? 'text-rose-600' : 'text-ink'} ${className}`}
    >
      <Icon name="heart" className={`size-6 ${chosen ? 'fill-current' : ''}`} />
    </button>
  );
}
