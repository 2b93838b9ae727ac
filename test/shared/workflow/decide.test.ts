import { sha256Hex, type Block, type Suggestion } from '#shared/article';
import {
  decide,
  NEEDS,
  STATES,
  TRANSITIONS,
  transitionsOpenTo,
  type Need,
  type Transition,
  type TransitionFacts,
  type TransitionRequest,
  type WorkflowState,
} from '#shared/workflow';
import { describe, expect, it } from 'vitest';
import { anId, content, desk as aDesk, paragraph, text } from '../../helpers/articles.ts';
import { NOON } from '../../helpers/clock-and-random.ts';
import { desk, people, standings, type Standing } from './people.ts';

const head = sha256Hex('head');
const states = Object.keys(STATES) as WorkflowState[];
const transitions = Object.keys(TRANSITIONS) as Transition[];
const at = (hours: number): string => new Date(NOON + hours * 3_600_000).toISOString();

/** Where each transition leads from each state while no reader sees the article, written out by hand. */
const LEADS: Record<Transition, Partial<Record<WorkflowState, WorkflowState>>> = {
  submit: {
    draft: 'in-review',
    'sent-back': 'in-review',
    published: 'in-review',
    withdrawn: 'in-review',
  },
  recall: { 'in-review': 'draft' },
  'send-back': { 'in-review': 'sent-back', approved: 'sent-back', scheduled: 'sent-back' },
  approve: {
    'in-review': 'approved',
    approved: 'approved',
    scheduled: 'approved',
    published: 'approved',
  },
  schedule: { approved: 'scheduled', scheduled: 'scheduled' },
  publish: { approved: 'published', scheduled: 'published' },
  correct: {},
  withdraw: {},
};

/** What is different while readers see an earlier revision. */
const LEADS_LIVE: typeof LEADS = {
  ...LEADS,
  recall: { 'in-review': 'published' },
  correct: { approved: 'published' },
  withdraw: {
    published: 'withdrawn',
    'in-review': 'withdrawn',
    'sent-back': 'withdrawn',
    approved: 'withdrawn',
    scheduled: 'withdrawn',
  },
};

const BY: Record<Transition, Standing[]> = {
  submit: ['editor', 'chief', 'author'],
  recall: ['chief', 'author'],
  'send-back': ['chief'],
  approve: ['chief'],
  schedule: ['chief'],
  publish: ['chief'],
  correct: ['chief'],
  withdraw: ['chief'],
};

const river = { id: 'correction-1', note: 'It is the Arn.', at: at(-1) };

/** Facts under which nothing is missing. */
function facts(changes: Partial<TransitionFacts> = {}): TransitionFacts {
  return {
    state: 'in-review',
    head,
    approvedRevision: head,
    publishedRevision: null,
    live: false,
    binned: false,
    desk,
    createdBy: people.author.id,
    startedBy: [],
    content: content({ fields: { corrections: [river] } }),
    publishedCorrections: [],
    profile: aDesk().profile,
    assetsComplete: true,
    now: NOON,
    ...changes,
  };
}

const request = (
  transition: Transition,
  changes: Partial<TransitionRequest> = {},
): TransitionRequest => ({
  transition,
  revision: head,
  expectedState: 'in-review',
  reason: 'Two names are missing.',
  at: at(2),
  ...changes,
});

describe('a transition', () => {
  const cases = [LEADS, LEADS_LIVE].flatMap((leads, index) =>
    transitions.map(
      (transition) =>
        [transition, index === 1 ? 'live' : 'not live', leads[transition], index === 1] as const,
    ),
  );

  it.each(cases)(
    '%s leads where it should from every state, and nowhere else (%s)',
    (transition, _, leads, live) => {
      for (const state of states) {
        const decision = decide(
          people.chief,
          request(transition, { expectedState: state }),
          facts({ state, live }),
        );
        const expected = leads[state];
        if (expected) expect(decision, state).toEqual({ ok: true, state: expected });
        else
          expect(decision, state).toMatchObject({
            ok: false,
            code: TRANSITIONS[transition].from.some((from) => from === state)
              ? 'live'
              : 'wrong-state',
          });
      }
    },
  );

  it.each(transitions)('%s is open to the right people only', (transition) => {
    const live = transition === 'correct' || transition === 'withdraw';
    const state = TRANSITIONS[transition].from[0];
    const allowed = standings.filter(
      (who) =>
        decide(people[who], request(transition, { expectedState: state }), facts({ state, live }))
          .ok,
    );
    expect(allowed).toEqual(standings.filter((who) => BY[transition].includes(who)));
    for (const who of standings) {
      const decision = decide(
        people[who],
        request(transition, { expectedState: state }),
        facts({ state, live }),
      );
      if (!decision.ok) expect(decision.code).toBe('forbidden');
      expect(transitionsOpenTo(people[who], facts({ state, live })).includes(transition)).toBe(
        decision.ok,
      );
    }
  });

  it('is refused when the article has moved on since the person looked', () => {
    expect(decide(people.chief, request('approve', { expectedState: 'draft' }), facts())).toEqual({
      ok: false,
      code: 'stale-state',
      message: 'The article is in review by now, no longer a draft.',
    });
  });
});

describe('what a transition needs', () => {
  const mark: Suggestion = { id: 'mark-0001', by: anId(), at: at(-1) };
  const marked: Block = {
    ...paragraph(''),
    children: [{ type: 'text', text: 'early', $: { inserted: mark } }],
  };
  const conflict: Block = {
    type: 'conflict',
    $: { id: 'conflict-1' },
    base: null,
    versions: [null, { ...paragraph('Theirs'), children: [{ type: 'text', text: 'Theirs' }] }],
  };
  const embargoed = content({
    fields: { embargo: at(3), corrections: [{ id: 'correction-1', note: 'A note.', at: at(-1) }] },
  });

  const cases: [
    Need,
    Transition,
    WorkflowState,
    Partial<TransitionFacts>,
    Partial<TransitionRequest>,
  ][] = [
    ['head', 'approve', 'in-review', { head: sha256Hex('newer') }, {}],
    ['headline', 'submit', 'draft', { content: content({ fields: { headline: '  ' } }) }, {}],
    ['complete', 'approve', 'in-review', { content: content({ fields: { byline: [] } }) }, {}],
    ['no-suggestions', 'approve', 'in-review', { content: content({ body: [marked] }) }, {}],
    [
      'no-conflicts',
      'approve',
      'in-review',
      { content: content({ body: ['Words.', conflict] }) },
      {},
    ],
    ['assets', 'approve', 'in-review', { assetsComplete: false }, {}],
    ['other-author', 'approve', 'in-review', { createdBy: people.chief.id }, {}],
    ['approved-revision', 'publish', 'approved', { approvedRevision: sha256Hex('older') }, {}],
    ['embargo-passed', 'publish', 'approved', { content: embargoed }, {}],
    ['reason', 'send-back', 'in-review', {}, { reason: ' ' }],
    ['future-time', 'schedule', 'approved', {}, { at: at(-1) }],
    ['after-embargo', 'schedule', 'approved', { content: embargoed }, { at: at(2) }],
    ['live', 'withdraw', 'published', { live: false }, {}],
    ['correction', 'correct', 'approved', { live: true, publishedCorrections: [river] }, {}],
  ];

  it.each(cases)('refuses with %s: %s from %s', (need, transition, state, changes, asked) => {
    const decision = decide(
      people.chief,
      request(transition, { expectedState: state, ...asked }),
      facts({ state, ...changes }),
    );
    expect(decision).toMatchObject({
      ok: false,
      code: need,
      message: expect.stringMatching(/\.$/) as string,
    });
  });

  it('is tried for every need that the table knows', () => {
    expect(cases.map(([need]) => need).sort()).toEqual(Object.keys(NEEDS).sort());
  });

  it('takes another note for a correction though an earlier one was taken out of the text', () => {
    const earlier = { ...river, id: 'correction-0' };
    const live = facts({ state: 'approved', live: true, publishedCorrections: [earlier] });
    const asked = request('correct', { expectedState: 'approved' });
    expect(decide(people.chief, asked, live)).toMatchObject({ ok: true });
  });

  it('moves nothing that lies in the bin, whoever asks', () => {
    for (const transition of Object.keys(TRANSITIONS) as Transition[])
      expect(
        decide(people.chief, request(transition), facts({ binned: true, live: true })),
      ).toMatchObject({ ok: false, code: 'binned', message: /in the bin\. Take it out first/ });
  });

  it('names the fields that are missing and the end of the embargo', () => {
    const incomplete = facts({ content: content({ fields: { byline: [], section: '' } }) });
    expect(decide(people.chief, request('approve'), incomplete)).toMatchObject({
      message: 'Still missing: Section, Byline.',
    });
    const early = decide(
      people.chief,
      request('publish', { expectedState: 'approved' }),
      facts({ state: 'approved', content: embargoed }),
    );
    expect(early).toMatchObject({
      message: 'The embargo has not passed yet. It ends on 14 November 2026 at 15:00 UTC.',
    });
  });

  it('lets nobody approve an article that they count as having started', () => {
    const sent = facts({ startedBy: [people.editor.id, people.chief.id] });
    expect(decide(people.chief, request('approve'), sent)).toMatchObject({ code: 'other-author' });
    expect(
      decide(people.chief, request('approve'), {
        ...sent,
        profile: { ...sent.profile, ownApproval: true },
      }),
    ).toMatchObject({ ok: true });
  });

  it('lets people approve their own article where the desk profile says so', () => {
    const own = facts({ createdBy: people.chief.id });
    expect(
      decide(people.chief, request('approve'), {
        ...own,
        profile: { ...own.profile, ownApproval: true },
      }),
    ).toEqual({ ok: true, state: 'approved' });
  });

  it('asks no more of text than that it is settled', () => {
    const plain: Block = { ...paragraph(''), children: [text('Settled.')] };
    expect(
      decide(people.chief, request('approve'), facts({ content: content({ body: [plain] }) })),
    ).toEqual({ ok: true, state: 'approved' });
  });
});
