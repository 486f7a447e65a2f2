/** A local calendar date, YYYY-MM-DD. Arithmetic is done in UTC so that no time zone or clock change can shift a day. */
export type Day = string;

const DAY_MS = 86_400_000;
const PATTERN = /^\d{4}-\d{2}-\d{2}$/;
const locale = typeof navigator !== 'undefined' && navigator.language.startsWith('en') ? navigator.language : 'en';

const toUtc = (day: Day) => new Date(`${day}T00:00:00Z`);
const fromUtc = (date: Date): Day => date.toISOString().slice(0, 10);
const pad = (n: number) => String(n).padStart(2, '0');

export const isDay = (value: string | null | undefined): value is Day =>
  !!value && PATTERN.test(value) && !Number.isNaN(toUtc(value).getTime()) && fromUtc(toUtc(value)) === value;

export function today(now = new Date()): Day {
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** The day that it is in a time zone, whatever the reader's own is. */
export function todayIn(timeZone: string, now = new Date()): Day {
  const parts = new Intl.DateTimeFormat('en', { timeZone: knownZone(timeZone), year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

const DEGREES_AN_HOUR = 15;
/** So much may a clock be behind the sun: in the west of China. */
const HOURS_BEHIND = 3;

/** The earliest day that it may be at a longitude. */
export const todayAt = (lng: number, now = new Date()): Day => fromUtc(new Date(now.getTime() + (lng / DEGREES_AN_HOUR - HOURS_BEHIND) * 3_600_000));

export const addDays = (day: Day, count: number): Day => fromUtc(new Date(toUtc(day).getTime() + count * DAY_MS));

export const nightsBetween = (from: Day, to: Day): number =>
  Math.round((toUtc(to).getTime() - toUtc(from).getTime()) / DAY_MS);

export const firstOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`;

export function addMonths(day: Day, count: number): Day {
  const date = toUtc(firstOfMonth(day));
  date.setUTCMonth(date.getUTCMonth() + count);
  return fromUtc(date);
}

/** The same day of another month, or that month's last day. */
export function shiftMonth(day: Day, count: number): Day {
  const month = addMonths(day, count);
  const last = addDays(addMonths(month, 1), -1);
  const wanted = `${month.slice(0, 7)}-${day.slice(8)}`;
  return wanted > last ? last : wanted;
}

/** Monday is 0. */
export const weekday = (day: Day): number => (toUtc(day).getUTCDay() + 6) % 7;

export function daysOfMonth(month: Day): Day[] {
  const first = firstOfMonth(month);
  return Array.from({ length: nightsBetween(first, addMonths(first, 1)) }, (_, i) => addDays(first, i));
}

const style = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
const short = style({ day: 'numeric', month: 'short' });
const medium = style({ day: 'numeric', month: 'short', year: 'numeric' });
const full = style({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const monthName = style({ month: 'long', year: 'numeric' });
const timeOfDay = style({ hour: 'numeric', minute: '2-digit' });
const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

export const formatShort = (day: Day) => short.format(toUtc(day));
export const formatMedium = (day: Day) => medium.format(toUtc(day));
export const formatFull = (day: Day) => full.format(toUtc(day));
export const formatMonth = (day: Day) => monthName.format(toUtc(day));
/** With plain spaces, where Intl uses thin ones. */
export const formatRange = (from: Day, to: Day) => medium.formatRange(toUtc(from), toUtc(to)).replace(/\s/g, ' ');
export const formatInstant = (iso: string) => instant.format(new Date(iso));
/** A time of day, HH:MM, as the reader writes it. */
export const formatTime = (time: string) => timeOfDay.format(new Date(`2000-01-01T${time.slice(0, 5)}:00Z`)).replace(/\s/g, ' ');
/** At the clock of a place, which is named: 4 Dec 2026, 15:00 GMT+8. */
export const formatInstantIn = (iso: string, timeZone: string | undefined) =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: knownZone(timeZone), timeZoneName: 'short' })
    .format(new Date(iso))
    .replace(/\s/g, ' ');

/** UTC, which is named beside the time, instead of a zone that this browser does not know: a page does not break for it. */
function knownZone(timeZone: string | undefined): string | undefined {
  try {
    return new Intl.DateTimeFormat(locale, { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
/** Review dates may come as a day or as an instant; the month is what matters. */
export const formatDayOrInstant = (value: string) => formatMonth(value.slice(0, 10));

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
export function formatAgo(iso: string, now = Date.now()): string {
  const minutes = Math.round((new Date(iso).getTime() - now) / 60_000);
  if (Math.abs(minutes) < 1) return 'just now';
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 1440) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 1440), 'day');
}
