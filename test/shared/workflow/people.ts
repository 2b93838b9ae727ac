import type { Actor } from '#shared/workflow';
import { anId } from '../../helpers/articles.ts';

export const desk = anId();
const elsewhere = anId();

const actor = (changes: Partial<Actor>): Actor => ({
  id: anId(),
  admin: false,
  memberships: [],
  ...changes,
});

/** One person for each standing towards an article of the desk. */
export const people = {
  editor: actor({ memberships: [{ desk, role: 'copy-editor' }] }),
  chief: actor({ memberships: [{ desk, role: 'desk-chief' }] }),
  author: actor({}),
  visitingChief: actor({ memberships: [{ desk: elsewhere, role: 'desk-chief' }] }),
  admin: actor({ admin: true }),
  reader: actor({}),
} satisfies Record<string, Actor>;

export type Standing = keyof typeof people;
export const standings = Object.keys(people) as Standing[];
