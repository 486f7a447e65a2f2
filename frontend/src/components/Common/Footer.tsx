import { Link } from 'react-router';

const links = [
  { to: '/help', label: 'Help' },
  { to: '/terms', label: 'Terms' },
  { to: '/privacy', label: 'Privacy' },
  { to: '/imprint', label: 'Imprint' },
];

export function Footer() {
  return (
    <footer className="mt-auto border-t border-line bg-surface">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-6 text-sm text-muted sm:px-6">
        <p>Staywell: places to stay, booked with their hosts.</p>
        <p>Your card is not charged before your stay is confirmed.</p>
        <nav aria-label="About this site" className="-mx-2 flex flex-wrap">
          {links.map(({ to, label }) => (
            <Link key={to} to={to} className="inline-flex min-h-11 items-center px-2 font-semibold text-ink underline-offset-4 hover:underline">
              {label}
            </Link>
          ))}
        </nav>
      </div>
    </footer>
  );
}
