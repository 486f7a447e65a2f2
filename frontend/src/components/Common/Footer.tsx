export function Footer() {
  return (
    <footer className="mt-auto border-t border-line bg-surface">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center justify-between gap-2 px-4 py-6 text-sm text-muted sm:px-6">
        <p>Staywell: places to stay, booked with their hosts.</p>
        <p>Your card is not charged before your stay is confirmed.</p>
      </div>
    </footer>
  );
}
