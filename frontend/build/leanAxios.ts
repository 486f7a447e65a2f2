import type { Plugin } from 'vite';

/** Of Axios, what a browser with XMLHttpRequest never runs for us: 7 of its 21 kB. */
const NEVER_RUN: Record<string, string> = {
  'adapters/fetch.js': 'export const getFetch = () => false;',
  'cancel/CancelToken.js': 'export default class {}',
  // No cookie of ours is read by a script.
  'helpers/cookies.js': 'export default { write() {}, read: () => null, readAsync: () => Promise.resolve(null), remove() {} };',
  'helpers/formDataToBlob.js': 'export default () => null;',
  'helpers/formDataToJSON.js': 'export default () => null;',
  'helpers/HttpStatusCode.js': 'export default {};',
  'helpers/validator.js': 'const none = () => {}; export default { assertOptions: none, validators: { transitional: none, spelling: none } };',
  'core/assertParamsAcyclic.js': 'export default () => {};',
  'helpers/toFormData.js': 'export default () => {};',
  // Queries are plain: names and single values.
  'helpers/AxiosURLSearchParams.js': `
    export default function (params) {
      this.toString = () => new URLSearchParams(Object.entries(params).filter(([, value]) => value !== undefined && value !== null)).toString();
    }`,
};

/** Builds Axios without them. Nothing here names the adapter `fetch`, cancels by a token, or sends an object as a form. */
export const leanAxios = (): Plugin => ({
  name: 'staywell-lean-axios',
  apply: 'build',
  enforce: 'pre',
  load: (id) => NEVER_RUN[id.split('/axios/lib/')[1] ?? ''],
});
