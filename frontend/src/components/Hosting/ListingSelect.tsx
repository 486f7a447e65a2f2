import { useEffect, useId } from 'react';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { selectHosting } from '../../store/slices/hostingSlice';
import { fetchListingOptions } from '../../store/slices/hostingThunks';

interface Props {
  value: string;
  onChange: (listingId: string) => void;
}

/** One of the owner's listings, or all of them. */
export function ListingSelect({ value, onChange }: Props) {
  const dispatch = useAppDispatch();
  const id = useId();
  const { options } = useAppSelector(selectHosting);
  const unknown = value !== '' && !options.some((option) => option.id === value);

  useEffect(() => {
    const asked = dispatch(fetchListingOptions());
    return () => asked.abort();
  }, [dispatch]);

  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        Listing
      </label>
      <select id={id} className="input truncate" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">All listings</option>
        {unknown && <option value={value}>The chosen listing</option>}
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.title}
          </option>
        ))}
      </select>
    </div>
  );
}
