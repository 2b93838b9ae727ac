import type { Id } from '#shared/article';
import { roleOn, type Actor } from './roles.ts';

/**
 * Who may do what, apart from workflow transitions (those name their roles in the transition table).
 * - `member`: anyone who belongs to the article's desk
 * - `chief`: a desk chief of the article's desk
 * - `author`: the person who started the article
 * - `staff`: whoever works on any desk
 * - `anyone`: every signed-in person of the newsroom
 */
export const PERMISSIONS = {
  'article.read': ['staff', 'author', 'admin'],
  'article.create': ['member', 'admin'],
  'article.write': ['member', 'author', 'admin'],
  'article.bin': ['author', 'chief', 'admin'],
  'comment.write': ['member', 'author', 'admin'],
  'comment.resolve': ['member', 'author', 'admin'],
  'asset.write': ['anyone'],
  'delivery.decide': ['chief', 'admin'],
  'inbox.read': ['member', 'admin'],
  'inbox.handle': ['member', 'admin'],
  'desk.configure': ['chief', 'admin'],
  'person.invite': ['admin'],
  'person.change': ['admin'],
  'newsroom.configure': ['admin'],
  'audit.read': ['admin'],
} as const satisfies Record<string, readonly Party[]>;

type Party = 'anyone' | 'staff' | 'member' | 'chief' | 'author' | 'admin';
export type Action = keyof typeof PERMISSIONS;

/** What an action touches: the owning desk, and who started the article where there is one. */
export interface Scope {
  desk: Id | null;
  createdBy?: Id | null;
}

/** Whether the actor is one of the parties the table names for the action. */
export function can(actor: Actor, action: Action, scope: Scope = { desk: null }): boolean {
  const parties: readonly Party[] = PERMISSIONS[action];
  return parties.some((party) => belongs(actor, party, scope));
}

function belongs(actor: Actor, party: Party, scope: Scope): boolean {
  if (party === 'anyone') return true;
  if (party === 'staff') return actor.memberships.length > 0;
  if (party === 'admin') return actor.admin;
  if (party === 'author') return scope.createdBy === actor.id;
  const role = roleOn(actor, scope.desk);
  // An article that no desk owns yet is open to everyone who works on any desk.
  if (party === 'member')
    return role !== null || (scope.desk === null && actor.memberships.length > 0);
  return role === 'desk-chief';
}
