import { useId, useState, type FormEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import type { ProfileChanges, User } from '../../api/wire';
import { fieldErrors } from '../../lib/fieldErrors';
import { useAppDispatch } from '../../store/hooks';
import { messageShown } from '../../store/slices/messageSlice';
import { saveProfile } from '../../store/slices/profileThunks';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';
import { TextArea } from '../Common/TextArea';

const shown = ['first_name', 'last_name', 'phone', 'city', 'country', 'languages', 'gender', 'about_me'] as const;
const genders: [value: string, label: string][] = [
  ['', 'Rather not say'],
  ['female', 'Female'],
  ['male', 'Male'],
  ['other', 'Other'],
];

const gendersWith = (own: string) => (genders.some(([value]) => value === own) ? genders : [...genders, [own, own] as const]);
const words = (text: string) => [...new Set(text.split(',').map((word) => word.trim()))].filter(Boolean);

function readChanges(form: HTMLFormElement): ProfileChanges {
  const data = new FormData(form);
  const text = (name: (typeof shown)[number]) => String(data.get(name) ?? '').trim();
  return {
    first_name: text('first_name'),
    last_name: text('last_name'),
    phone: text('phone'),
    profile: {
      city: text('city'),
      country: text('country'),
      languages: words(text('languages')),
      gender: text('gender'),
      about_me: text('about_me'),
    },
  };
}

interface Props {
  user: User;
  onDone: () => void;
}

export function ProfileForm({ user, onDone }: Props) {
  const dispatch = useAppDispatch();
  const genderId = useId();
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { fields, formError } = fieldErrors(problem, shown);
  const { profile } = user;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSaving(true);
    const answer = await dispatch(saveProfile(readChanges(event.currentTarget)));
    setSaving(false);
    if (!saveProfile.fulfilled.match(answer)) return setProblem(answer.payload ?? null);
    dispatch(messageShown({ tone: 'success', text: 'Your profile is saved.' }));
    onDone();
  };

  return (
    <form onSubmit={submit} aria-label="Profile" className="space-y-4 p-6">
      {formError && <ErrorNote problem={formError} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="First name" name="first_name" autoComplete="given-name" defaultValue={user.first_name} errors={fields.first_name} />
        <Field label="Last name" name="last_name" autoComplete="family-name" defaultValue={user.last_name} errors={fields.last_name} />
        <Field label="Phone" name="phone" type="tel" autoComplete="tel" defaultValue={user.phone ?? ''} errors={fields.phone} />
        <div>
          <label htmlFor={genderId} className="mb-1 block text-sm font-semibold">
            Gender
          </label>
          <select id={genderId} name="gender" className="input" defaultValue={profile.gender ?? ''}>
            {gendersWith(profile.gender ?? '').map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <Field label="City" name="city" autoComplete="address-level2" defaultValue={profile.city} errors={fields.city} />
        <Field label="Country" name="country" autoComplete="country-name" defaultValue={profile.country} errors={fields.country} />
      </div>
      <Field label="Languages" name="languages" hint="Separated by commas." defaultValue={profile.languages?.join(', ')} errors={fields.languages} />
      <TextArea label="About me" name="about_me" defaultValue={profile.about_me} errors={fields.about_me} />
      <p className="text-sm text-muted">Username, e-mail and the kind of account stay as they are.</p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button tone="secondary" onClick={onDone}>
          Leave it as it is
        </Button>
        <Button type="submit" busy={saving}>
          Save profile
        </Button>
      </div>
    </form>
  );
}
