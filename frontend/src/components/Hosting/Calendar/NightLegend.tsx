import { nightKinds } from '../../../lib/nightKinds';

export const NightLegend = () => (
  <ul aria-label="What the nights look like" className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
    {Object.entries(nightKinds).map(([kind, { label, sign, look }]) => (
      <li key={kind} className="flex items-center gap-2">
        <span aria-hidden="true" className={`grid size-7 place-items-center rounded-md text-xs font-bold ${look}`}>
          {sign}
        </span>
        {label}
      </li>
    ))}
  </ul>
);
