import type { LeafletEventHandlerFnMap } from 'leaflet';

/** What a sign of the map does when it is pressed, by mouse, finger or key: Leaflet itself opens only popups by keys. */
export const pressed = (act: () => void): LeafletEventHandlerFnMap => ({
  click: act,
  keypress: ({ originalEvent }) => {
    if (!['Enter', ' '].includes(originalEvent.key)) return;
    originalEvent.preventDefault();
    act();
  },
});
