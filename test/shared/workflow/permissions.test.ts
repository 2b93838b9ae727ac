import { can, PERMISSIONS, titleOf, type Action } from '#shared/workflow';
import { describe, expect, it } from 'vitest';
import { desk, people, standings, type Standing } from './people.ts';

/** Who may do what on an article of the desk, written out by hand: the table must say the same. */
const ALLOWED: Record<Action, Standing[]> = {
  'article.read': ['editor', 'chief', 'author', 'visitingChief', 'admin'],
  'article.create': ['editor', 'chief', 'admin'],
  'article.write': ['editor', 'chief', 'author', 'admin'],
  'article.bin': ['chief', 'author', 'admin'],
  'comment.write': ['editor', 'chief', 'author', 'admin'],
  'comment.resolve': ['editor', 'chief', 'author', 'admin'],
  'asset.write': ['editor', 'chief', 'author', 'visitingChief', 'admin', 'reader'],
  'delivery.decide': ['chief', 'admin'],
  'inbox.read': ['editor', 'chief', 'admin'],
  'inbox.handle': ['editor', 'chief', 'admin'],
  'desk.configure': ['chief', 'admin'],
  'person.invite': ['admin'],
  'person.change': ['admin'],
  'newsroom.configure': ['admin'],
  'audit.read': ['admin'],
};

const actions = Object.keys(PERMISSIONS) as Action[];

describe('permissions', () => {
  it.each(actions)('let exactly the right people do %s', (action) => {
    const allowed = standings.filter((who) =>
      can(people[who], action, { desk, createdBy: people.author.id }),
    );
    expect(allowed).toEqual(standings.filter((who) => ALLOWED[action].includes(who)));
  });

  it('open an article without a desk to everyone who works on any', () => {
    const allowed = standings.filter((who) =>
      can(people[who], 'article.write', { desk: null, createdBy: people.author.id }),
    );
    expect(allowed).toEqual(['editor', 'chief', 'author', 'visitingChief', 'admin']);
    expect(can(people.visitingChief, 'desk.configure', { desk: null })).toBe(false);
  });

  it('give the title bar the highest role of a person', () => {
    expect(standings.map((who) => titleOf(people[who]))).toEqual([
      'copy editor',
      'desk chief',
      'reader',
      'desk chief',
      'newsroom admin',
      'reader',
    ]);
  });
});
