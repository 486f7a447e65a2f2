import { useState } from 'react';
import { Link } from 'react-router';
import type { Favorite } from '../api/wire';
import { Button } from '../components/Common/Button';
import { buttonStyle } from '../components/Common/buttonStyle';
import { EmptyState } from '../components/Common/EmptyState';
import { ErrorNote } from '../components/Common/ErrorNote';
import { RequireAccount } from '../components/Common/RequireAccount';
import { FavoriteCard } from '../components/Properties/FavoriteCard';
import { CardSkeletons, cardGrid } from '../components/Properties/PropertyList';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectFavorites } from '../store/slices/bookingSlice';
import { fetchFavorites } from '../store/slices/favoriteThunks';
import { selectFavoriteView } from '../store/slices/favoriteViewSlice';

const SHOWN_AT_ONCE = 24;

const inOrder = (favorites: Favorite[]) => [...favorites].sort((a, b) => b.favorited_at.localeCompare(a.favorited_at));

function Favorites() {
  const dispatch = useAppDispatch();
  const favorites = useAppSelector(selectFavorites);
  const { loaded, error } = useAppSelector(selectFavoriteView);
  const [seen, setSeen] = useState(favorites);
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const ids = new Set(favorites.map(({ id }) => id));
  const fresh = favorites.filter(({ id }) => !seen.some((known) => known.id === id));
  if (fresh.length > 0) setSeen([...seen, ...fresh]);
  const all = inOrder(seen);

  if (error && !loaded) return <ErrorNote problem={error} onRetry={() => dispatch(fetchFavorites())} />;
  if (!loaded) return <CardSkeletons label="Loading favorites" />;
  if (all.length === 0)
    return (
      <EmptyState title="No favorites yet" hint="Press the heart of a place that you like, and it appears here.">
        <Link to="/" className={buttonStyle()}>
          Find a place
        </Link>
      </EmptyState>
    );
  return (
    <>
      <ul aria-label="Favorites" className={cardGrid}>
        {all.slice(0, shown).map((favorite) => (
          <li key={favorite.id}>
            <FavoriteCard favorite={favorite} removed={!ids.has(favorite.id)} />
          </li>
        ))}
      </ul>
      {all.length > shown && (
        <Button tone="secondary" className="mx-auto flex" onClick={() => setShown(shown + SHOWN_AT_ONCE)}>
          Show more
        </Button>
      )}
    </>
  );
}

export const FavoritesPage = () => (
  <RequireAccount kind="traveler">
    <div className="mx-auto max-w-6xl space-y-5 px-4 py-8 sm:px-6">
      <title>Favorites · Staywell</title>
      <h1 className="text-3xl font-bold">Favorites</h1>
      <Favorites />
    </div>
  </RequireAccount>
);
