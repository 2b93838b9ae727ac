import { useSyncExternalStore } from 'react';
import type { Queue } from '#shared/contract';
import { WorkflowState } from '#shared/workflow';
import { desk } from './desk.ts';
import { setWindow } from './store.ts';

/** What the list column shows. */
export type Place =
  | { kind: 'queue'; queue: Queue }
  | { kind: 'search'; text: string }
  | { kind: 'people' }
  | { kind: 'inbox'; desk: string };

/** Where the window is: a place, and the article that is open. It stands in the address, so a reload comes back to it. */
export interface Route {
  place: Place;
  article: string | null;
}

export const DRAFTS: Place = { kind: 'queue', queue: { kind: 'mine', state: 'draft' } };

/** The path of a place, which is also its key. */
export function pathOf(place: Place): string {
  if (place.kind === 'search') return `search/${encodeURIComponent(place.text)}`;
  if (place.kind === 'inbox') return `inbox/${place.desk}`;
  if (place.kind === 'people') return 'people';
  const { queue } = place;
  if (queue.kind === 'mine') return `mine/${queue.state}`;
  if (queue.kind === 'desk') return `desk/${queue.desk}/${queue.state}`;
  return queue.kind;
}

function placeOf(path: string): Place | null {
  const [kind, first = '', second = ''] = path.split('/');
  if (kind === 'mine' && (first === 'draft' || first === 'sent-back'))
    return { kind: 'queue', queue: { kind, state: first } };
  if (kind === 'desk') {
    const state = WorkflowState.safeParse(second);
    return state.success
      ? { kind: 'queue', queue: { kind, desk: first, state: state.data } }
      : null;
  }
  if (kind === 'archive' || kind === 'bin') return { kind: 'queue', queue: { kind } };
  if (kind === 'search') return { kind, text: decodeURIComponent(first) };
  if (kind === 'inbox') return { kind, desk: first };
  return kind === 'people' ? { kind } : null;
}

/** Reads `#/desk/…/in-review?article=…`; null where the address says nothing. */
function parse(hash: string): Route | null {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const place = placeOf(path);
  return place && { place, article: new URLSearchParams(query).get('article') };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function routeNow(): Route {
  return parse(window.location.hash) ?? { place: DRAFTS, article: null };
}

/** Whether the address names a place, or the window has just been opened. */
export function hasRoute(): boolean {
  return parse(window.location.hash) !== null;
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return parse(hash) ?? { place: DRAFTS, article: null };
}

/** Goes to a place; the open article stays open unless another is named. */
export function go(place: Place, article: string | null = routeNow().article): void {
  const query = article ? `?article=${article}` : '';
  window.location.hash = `/${pathOf(place)}${query}`;
}

/** Shows the list: a narrow window may show the inspector in its place, and it may have been hidden. */
export function showList(): void {
  setWindow({ list: true, side: 'list' });
}

/** Goes to a queue, or to what a search finds, to look at its list. */
export function goToList(place: Place): void {
  showList();
  go(place);
}

/** Opens an article beside the present list; null closes it. */
export function openArticle(article: string | null): void {
  const { place } = routeNow();
  const hasEditor = place.kind === 'queue' || place.kind === 'search';
  go(hasEditor ? place : DRAFTS, article);
}

/** Opens an article and goes into its text. */
export function enterArticle(article: string): void {
  if (desk.copy?.article.id === article) {
    desk.editor?.enter();
    return;
  }
  desk.entered = article;
  openArticle(article);
}
