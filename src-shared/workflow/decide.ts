import type { Content, Correction, DeskProfile, Hash, Id } from '#shared/article';
import { openConflicts, openSuggestions, readinessOf } from '#shared/article';
import { roleOn, type Actor } from './roles.ts';
import { stateInWords, type WorkflowState } from './states.ts';
import {
  NEEDS,
  TRANSITIONS,
  type Need,
  type Transition,
  type TransitionRule,
} from './transitions.ts';

/** A command on one article. Times are RFC 3339 in UTC. */
export interface TransitionRequest {
  transition: Transition;
  /** The revision the person was looking at. */
  revision: Hash;
  /** The state the person saw; a different one now is a refusal, not a surprise. */
  expectedState: WorkflowState;
  reason?: string | undefined;
  at?: string | undefined;
}

/** Everything the decision depends on, gathered by whoever decides. */
export interface TransitionFacts {
  state: WorkflowState;
  head: Hash | null;
  approvedRevision: Hash | null;
  publishedRevision: Hash | null;
  /** Whether readers can see a revision now. */
  live: boolean;
  binned: boolean;
  desk: Id | null;
  createdBy: Id;
  /** Who else counts as having started it when it is approved: whom its first revision names, and who sent that. */
  startedBy: readonly Id[];
  /** The content of the revision that the request names. */
  content: Content;
  /** The corrections that the published revision carries. */
  publishedCorrections: readonly Correction[];
  profile: DeskProfile;
  /** Whether every picture of the revision is on the server. The core, which cannot know, passes true. */
  assetsComplete: boolean;
  /** Milliseconds since the Unix epoch. */
  now: number;
}

export type Decision =
  | { ok: true; state: WorkflowState }
  | {
      ok: false;
      code: 'forbidden' | 'binned' | 'wrong-state' | 'stale-state' | Need;
      message: string;
    };

function refuse(code: Exclude<Decision, { ok: true }>['code'], message: string): Decision {
  return { ok: false, code, message };
}

function mayAct(
  rule: TransitionRule,
  actor: Actor,
  facts: Pick<TransitionFacts, 'desk' | 'createdBy'>,
): boolean {
  const role = roleOn(actor, facts.desk);
  return rule.by.some((party) => {
    if (party === 'author') return facts.createdBy === actor.id;
    return party === 'member' ? role !== null : role === 'desk-chief';
  });
}

const CHECKS: Record<
  Need,
  (request: TransitionRequest, facts: TransitionFacts, actor: Actor | null) => boolean
> = {
  head: (request, facts) => request.revision === facts.head,
  headline: (_, { content }) => content.fields.headline.trim() !== '',
  complete: (_, { content, profile }) => missingFields(content, profile).length === 0,
  'no-suggestions': (_, { content }) => openSuggestions(content.body).length === 0,
  'no-conflicts': (_, { content }) => openConflicts(content) === 0,
  assets: (_, facts) => facts.assetsComplete,
  'other-author': (_, { createdBy, startedBy, profile }, actor) =>
    actor === null ||
    (createdBy !== actor.id && !startedBy.includes(actor.id)) ||
    profile.ownApproval,
  'approved-revision': (request, facts) =>
    facts.approvedRevision !== null && request.revision === facts.approvedRevision,
  'embargo-passed': (_, { content, now }) => embargoEnd(content) <= now,
  reason: (request) => (request.reason ?? '').trim() !== '',
  'future-time': (request, { now }) => Date.parse(request.at ?? '') > now,
  'after-embargo': (request, { content }) => Date.parse(request.at ?? '') >= embargoEnd(content),
  live: (_, facts) => facts.live,
  // An earlier note may have been taken out of the text: their number tells nothing.
  correction: (_, { content, publishedCorrections }) =>
    content.fields.corrections.some(
      ({ id }) => !publishedCorrections.some((published) => published.id === id),
    ),
};

function embargoEnd(content: Content): number {
  return content.fields.embargo === null ? -Infinity : Date.parse(content.fields.embargo);
}

function missingFields(content: Content, profile: DeskProfile): string[] {
  return readinessOf(content, profile)
    .filter(({ code, state }) => state === 'block' && code.startsWith('missing-'))
    .map(({ label }) => label);
}

const EMBARGO_TIME = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** "1 December 2026 at 10:00 UTC": the server and every desk may stand in another zone. */
function embargoTime({ content }: TransitionFacts): string {
  return `${EMBARGO_TIME.format(embargoEnd(content))} UTC`;
}

function sentenceFor(need: Need, facts: TransitionFacts): string {
  if (need === 'complete')
    return `Still missing: ${missingFields(facts.content, facts.profile).join(', ')}.`;
  if (need === 'embargo-passed') return `${NEEDS[need]} It ends on ${embargoTime(facts)}.`;
  return NEEDS[need];
}

/**
 * Decides one workflow command. Pure: the server's answer is final, the core and the interface use the same function to
 * offer only what would be accepted. A refusal carries a stable code and a sentence for the person who asked. Without an
 * actor it is the schedule that asks: whether it may was decided when it was set, whatever became of desks and roles since.
 */
export function decide(
  actor: Actor | null,
  request: TransitionRequest,
  facts: TransitionFacts,
): Decision {
  const rule: TransitionRule = TRANSITIONS[request.transition];
  if (actor !== null && !mayAct(rule, actor, facts))
    return refuse(
      'forbidden',
      `Your role on this desk may not ${rule.label.toLowerCase()} this article.`,
    );
  if (facts.binned) return refuse('binned', 'The article is in the bin. Take it out first.');
  if (request.expectedState !== facts.state)
    return refuse(
      'stale-state',
      `The article is ${stateInWords(facts.state)} by now, no longer ${stateInWords(request.expectedState)}.`,
    );
  if (!rule.from.includes(facts.state))
    return refuse(
      'wrong-state',
      `${rule.label} is not possible while the article is ${stateInWords(facts.state)}.`,
    );
  const missing = rule.needs.find((need) => !CHECKS[need](request, facts, actor));
  if (missing) return refuse(missing, sentenceFor(missing, facts));
  return { ok: true, state: facts.live && rule.toWhenLive ? rule.toWhenLive : rule.to };
}

/** The transitions that the actor's role allows from the article's state, whatever else they may still need. */
export function transitionsOpenTo(
  actor: Actor,
  facts: Pick<TransitionFacts, 'state' | 'desk' | 'createdBy' | 'live'>,
): Transition[] {
  return (Object.keys(TRANSITIONS) as Transition[]).filter((name) => {
    const rule: TransitionRule = TRANSITIONS[name];
    return (
      rule.from.includes(facts.state) &&
      mayAct(rule, actor, facts) &&
      (!rule.needs.includes('live') || facts.live)
    );
  });
}
