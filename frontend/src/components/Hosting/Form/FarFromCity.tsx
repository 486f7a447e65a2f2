import { Icon } from '../../Common/Icon';

/** Of the saved place: whoever searches its city would be led somewhere else. */
export function FarFromCity({ city, km }: { city: string; km: number }) {
  return (
    <p role="status" className="flex gap-3 rounded-xl bg-apricot-100 p-4 text-apricot-800">
      <Icon name="warning" />
      <span>
        The point lies {km.toLocaleString('en')} km from {city}. Check the pin: longitude and latitude may be exchanged, or the city is another one.
      </span>
    </p>
  );
}
