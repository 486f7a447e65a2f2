import type { FoundCard, FoundPage } from '../../../api/wire';

type LngLat = readonly [lng: number, lat: number];
type Pixel = readonly [x: number, y: number];

/** Where a point of the earth is on the map. */
export type Project = (point: LngLat) => Pixel;

export interface PricePin {
  card: FoundCard;
}

/** Stands for several places; `cards` where all of them are at hand. */
export interface Bubble {
  key: string;
  center: LngLat;
  count: number;
  cards: FoundCard[];
}

export interface Layout {
  pins: PricePin[];
  bubbles: Bubble[];
}

type Counted = Pick<Bubble, 'center' | 'count' | 'cards'>;

/** Half of what a sign takes, with some air. */
const PIN: Pixel = [44, 17];
const BUBBLE: Pixel = [25, 25];

export const pointOf = ({ location }: FoundCard): LngLat => location.coordinates.coordinates;

const touches = (a: Pixel, b: Pixel, [halfA, halfB]: [Pixel, Pixel]) => Math.abs(a[0] - b[0]) < halfA[0] + halfB[0] && Math.abs(a[1] - b[1]) < halfA[1] + halfB[1];

/** Puts together what would stack. The first of a group says where it stands. */
function grouped<Item>(items: Item[], pixelOf: (item: Item) => Pixel, half: Pixel): Item[][] {
  const groups: { at: Pixel; items: Item[] }[] = [];
  for (const item of items) {
    const at = pixelOf(item);
    const near = groups.find((group) => touches(group.at, at, [half, half]));
    if (near) near.items.push(item);
    else groups.push({ at, items: [item] });
  }
  return groups.map((group) => group.items);
}

function bubbleOf(parts: Counted[]): Bubble {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const center = parts[0]?.center ?? [0, 0];
  return { key: center.join(), center, count, cards: parts.flatMap((part) => part.cards) };
}

/** All places are at hand: prices, and a number where several would stack. */
function ofCards(cards: FoundCard[], project: Project): Layout {
  const groups = grouped(cards, (card) => project(pointOf(card)), PIN);
  return {
    pins: groups.flatMap((group) => (group.length === 1 ? group.map((card) => ({ card })) : [])),
    bubbles: groups.filter((group) => group.length > 1).map((group) => bubbleOf(group.map((card) => ({ center: pointOf(card), count: 1, cards: [card] })))),
  };
}

/** There are more than are at hand: the squares of the server, and the prices of the list where there is room. */
function ofSquares(clusters: NonNullable<FoundPage['facets']>['clusters'], listed: FoundCard[], project: Project): Layout {
  const squares = clusters.map(({ center, count }): Counted => ({ center: [center[0] ?? 0, center[1] ?? 0], count, cards: [] }));
  const bubbles = grouped(squares, (square) => project(square.center), BUBBLE).map(bubbleOf);
  const room = listed.filter((card) => bubbles.every((bubble) => !touches(project(bubble.center), project(pointOf(card)), [BUBBLE, PIN])));
  const pins = grouped(room, (card) => project(pointOf(card)), PIN).flatMap(([card]) => (card ? [{ card }] : []));
  return { pins, bubbles };
}

/** What the map shows: every place that was found, by its price or in a number. Until the map's own answer is there, those of the list. */
export function layoutOf(found: FoundPage | undefined, listed: FoundCard[], project: Project): Layout {
  if (!found) return ofCards(listed, project);
  const all = found.pagination.total <= found.results.length;
  return all || !found.facets ? ofCards(found.results, project) : ofSquares(found.facets.clusters, listed, project);
}

/** What the signs of a layout take, so that names keep off them. */
export const signsOf = ({ pins, bubbles }: Layout) => [
  ...pins.map(({ card }) => ({ at: pointOf(card), half: PIN })),
  ...bubbles.map(({ center }) => ({ at: center, half: BUBBLE })),
];

/** The layout with one place by itself, for it is pointed at in the list. */
export function withPin(layout: Layout, card: FoundCard | undefined): Layout {
  if (!card || layout.pins.some((pin) => pin.card.id === card.id)) return layout;
  return { ...layout, pins: [...layout.pins, { card }] };
}
