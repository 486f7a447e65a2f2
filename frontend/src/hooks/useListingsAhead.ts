import { useEffect } from 'react';
import { askEarly } from '../api/early';

/** Who only passes over a link does not want its page. */
const STAYS_MS = 80;
const LISTING = /^\/listings\/([0-9a-f]{24})$/;

function listingAt(target: EventTarget | null): string | undefined {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="/listings/"]') : null;
  return link?.pathname.match(LISTING)?.[1];
}

/** Loads the page of a listing, and the listing, as soon as somebody points at a link to it. */
export function useListingsAhead() {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ahead = ({ target }: Event) => {
      clearTimeout(timer);
      const id = listingAt(target);
      if (!id) return;
      timer = setTimeout(() => {
        void import('../pages/PropertyPage');
        askEarly(`/api/properties/${id}`);
      }, STAYS_MS);
    };
    document.addEventListener('pointerover', ahead, { passive: true });
    document.addEventListener('focusin', ahead);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', ahead);
      document.removeEventListener('focusin', ahead);
    };
  }, []);
}
