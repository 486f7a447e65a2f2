declare module 'virtual:land' {
  /** Where the tiles are. */
  export const folder: string;
  /** Those with land in them, by `nameOf`. */
  export const names: string;
}
