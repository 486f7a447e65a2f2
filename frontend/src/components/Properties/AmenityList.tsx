import { useState } from 'react';
import { humanise } from '../../lib/text';
import { Button } from '../Common/Button';
import { Icon } from '../Common/Icon';

const SHOWN_FIRST = 10;

export function AmenityList({ amenities }: { amenities: string[] }) {
  const [all, setAll] = useState(false);
  if (amenities.length === 0) return null;
  const shown = all ? amenities : amenities.slice(0, SHOWN_FIRST);
  return (
    <section aria-labelledby="amenities-heading">
      <h2 id="amenities-heading" className="mb-3 text-xl font-bold">
        What this place has
      </h2>
      <ul className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {shown.map((amenity) => (
          <li key={amenity} className="flex items-start gap-2">
            <Icon name="check" className="mt-0.5 size-5 text-pine-600" />
            {humanise(amenity)}
          </li>
        ))}
      </ul>
      {!all && amenities.length > SHOWN_FIRST && (
        <Button tone="secondary" className="mt-4" onClick={() => setAll(true)}>
          Show all {amenities.length}
        </Button>
      )}
    </section>
  );
}
