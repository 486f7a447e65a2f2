export type Channel = 'feed' | 'email';

export type Matrix = Record<string, Record<Channel, boolean>>;

/** What a person says. `email`: whether there are e-mails at all. */
export interface NotificationChoice {
  email: boolean;
  locale: string;
  matrix: Matrix;
}

export interface NotificationSettings extends NotificationChoice {
  kinds: { kind: string; label: string; fixed: Channel[] }[];
  locales: { code: string; name: string }[];
}

/** The kind whose e-mails were stopped. */
export interface StoppedKind {
  kind: string;
  label: string;
}
