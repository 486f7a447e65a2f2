import { useState } from 'react';
import { Scene } from './Scene';

interface Props {
  src: string | null | undefined;
  seed: string;
  alt?: string;
  className?: string;
  eager?: boolean;
}

/** Fills its box, whose aspect ratio the caller sets. */
export function ListingImage({ src, seed, alt = '', className = '', eager = false }: Props) {
  const [failed, setFailed] = useState<string | null>(null);
  if (!src || failed === src) return <Scene seed={seed} className={`size-full ${className}`} />;
  return (
    <img
      src={src}
      alt={alt}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      referrerPolicy="no-referrer"
      onError={() => setFailed(src)}
      className={`size-full bg-mist object-cover ${className}`}
    />
  );
}
