import type { Reducer } from '@reduxjs/toolkit';
import type { AccountDataState } from './slices/accountDataSlice';
import type { AccountSessionState } from './slices/accountSessionSlice';
import type { AnalyticsState } from './slices/analyticsSlice';
import type { ArrivalState } from './slices/arrivalSlice';
import type { AvailabilityState } from './slices/availabilitySlice';
import type { ChangeViewState } from './slices/changeViewSlice';
import type { HostingState } from './slices/hostingSlice';
import type { NotificationSettingsState } from './slices/notificationSettingsSlice';
import type { NotificationState } from './slices/notificationSlice';
import type { PlannerState } from './slices/plannerSlice';
import type { PreferenceState } from './slices/preferenceSlice';
import type { SecondFactorState } from './slices/secondFactorSlice';
import type { CalendarState } from './slices/calendarSlice';
import type { InboxState } from './slices/inboxSlice';
import type { PasskeyState } from './slices/passkeySlice';
import type { SavedReplyState } from './slices/savedReplySlice';
import type { OpenThreadState } from './slices/threadSlice';
import type { TextState } from './slices/textSlice';

/** Parts of the store that come with the pages that use them. */
export interface LazyState {
  accountData: AccountDataState;
  accountSessions: AccountSessionState;
  analytics: AnalyticsState;
  arrival: ArrivalState;
  availability: AvailabilityState;
  changeView: ChangeViewState;
  hosting: HostingState;
  notificationSettings: NotificationSettingsState;
  notifications: NotificationState;
  planner: PlannerState;
  preferences: PreferenceState;
  secondFactor: SecondFactorState;
  calendars: CalendarState;
  inbox: InboxState;
  passkeys: PasskeyState;
  savedReplies: SavedReplyState;
  thread: OpenThreadState;
  texts: TextState;
}

type LazyReducers = { [Name in keyof LazyState]?: Reducer<LazyState[Name]> };

let added: LazyReducers = {};
const listeners = new Set<(reducers: LazyReducers) => void>();

/** Called by a slice as it is loaded: all stores have its state from then on. */
export function addReducer<Name extends keyof LazyState>(name: Name, reducer: Reducer<LazyState[Name]>) {
  added = { ...added, [name]: reducer };
  listeners.forEach((listener) => listener(added));
}

/** Hears of the reducers that are there now and of all that come. */
export function onReducerAdded(listener: (reducers: LazyReducers) => void) {
  listeners.add(listener);
  listener(added);
}
