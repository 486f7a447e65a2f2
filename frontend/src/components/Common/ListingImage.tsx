import { useState } from 'react';
import { sourceSet } from '../../lib/pictures';
import { Illustration } from './Illustration';

interface Props {
  src: string | null | undefined;
  seed: string;
  alt?: string;
  className?: string;
  eager?: boolean;
  /** How wide it is shown, for choosing among the widths of an uploaded photo. */
  sizes?: string;
}

/** Fills its box, whose aspect ratio the caller sets. */
export function ListingImage({ src, seed, alt = '', className = '', eager = false, sizes = '(min-width: 640px) 24rem, 100vw' }: Props) {
  const [failed, setFailed] = useState<string | null>(null);
  if (!src || failed === src) return <Illustration seed={seed} className={`size-full ${className}`} />;
  return (
    <img
      src={src}
      srcSet={sourceSet(src)}
      sizes={sizes}
      alt={alt}
      width={1200}
      height={800}
      loading={eager ? 'eager' : 'lazy'}
      fetchPriority={eager ? 'high' : 'auto'}
      decoding="async"
      referrerPolicy="no-referrer"
      onError={() => setFailed(src)}
      className={`size-full bg-mist object-cover ${className}`}
    />
  );
}
