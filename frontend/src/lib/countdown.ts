const MINUTE = 60;

/** 90 is "1:30". */
export const formatCountdown = (seconds: number) => `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, '0')}`;

/** For the ear, where it would be tiresome to hear every second. */
export function spokenCountdown(seconds: number): string {
  const minutes = Math.ceil(seconds / MINUTE);
  if (minutes === 0) return 'Time is up.';
  return minutes === 1 ? 'Less than a minute left.' : `${minutes} minutes left.`;
}
