import type { PropertyType } from '../api/wire';

/** The kinds of places that the API knows, as a person says them. */
export const propertyTypes: Record<PropertyType, string> = {
  apartment: 'Apartment',
  house: 'House',
  room: 'Private room',
  shared_room: 'Shared room',
  hotel: 'Hotel room',
  cabin: 'Cabin',
  other: 'Somewhere else',
};

const isPropertyType = (code: string): code is PropertyType => code in propertyTypes;

export const readPropertyType = (code: string | null): PropertyType | '' => (code && isPropertyType(code) ? code : '');
