/** Monday is 0, as everywhere. */
export const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export const listDays = (days: readonly number[]) => days.map((day) => weekdayNames[day]).join(', ');
