import type { ArticleRecord, Person } from '#shared/api';
import {
  defaultDeskProfile,
  RevisionError,
  sha256Hex,
  type Content,
  type Correction,
  type DeskProfile,
  type Hash,
} from '#shared/article';
import type { TransitionOffer } from '#shared/contract';
import {
  decide,
  transitionsOpenTo,
  type Decision,
  type Transition,
  type TransitionFacts,
  type TransitionRequest,
} from '#shared/workflow';
import { startersOf, type Store, type WorkingCopy } from '../store/index.ts';

/** Stands for the revision that sealing will make. */
const TO_COME = sha256Hex('');
const FAR_AHEAD = '9999-12-31T23:59:59.000Z';
const NOTE_TO_COME: Correction = { id: 'to-come', note: 'To be given.', at: FAR_AHEAD };

export function profileOf(store: Store, record: ArticleRecord): DeskProfile {
  return (
    (record.desk === null ? null : store.people.desk(record.desk)?.profile) ?? defaultDeskProfile()
  );
}

/** The content of a revision; null when this computer cannot read it. */
export function contentOf(store: Store, hash: Hash | null): Content | null {
  if (hash === null) return null;
  try {
    return store.revisions.open(hash);
  } catch (error) {
    if (error instanceof RevisionError) return null;
    throw error;
  }
}

/** Everything `decide` asks for, as this computer knows it. */
export function factsOf(
  store: Store,
  record: ArticleRecord,
  content: Content,
  now: number,
): TransitionFacts {
  return {
    ...record,
    startedBy: startersOf(store, record.id),
    content,
    publishedCorrections: contentOf(store, record.publishedRevision)?.fields.corrections ?? [],
    profile: profileOf(store, record),
    assetsComplete: true,
    now,
  };
}

export function withCorrection(content: Content, correction: Correction): Content {
  const { fields } = content;
  return { ...content, fields: { ...fields, corrections: [...fields.corrections, correction] } };
}

/** Transitions that send out what was approved, not what is newest. */
export const ofApproved = (transition: Transition): boolean =>
  transition === 'publish' || transition === 'schedule';

/** What the person may do with the article now, and why not where not. What they have yet to say is taken as said. */
export function offersOf(
  store: Store,
  person: Person,
  known: ArticleRecord,
  copy: WorkingCopy,
  now: number,
): TransitionOffer[] {
  // A command seals the text first, and that moves the article to the desk that it names.
  const moves = copy.dirty && copy.base === known.head;
  const record = moves ? { ...known, desk: copy.content.fields.desk } : known;
  const open = new Set(transitionsOpenTo(person, record));
  const newest = copy.base ?? TO_COME;
  const facts = factsOf(store, { ...record, head: record.head ?? TO_COME }, copy.content, now);
  const ask = (transition: Transition, over: Partial<TransitionFacts> = {}): Decision => {
    const approved = ofApproved(transition) ? contentOf(store, record.approvedRevision) : null;
    const request: TransitionRequest = {
      transition,
      revision: ofApproved(transition) ? (record.approvedRevision ?? newest) : newest,
      expectedState: over.state ?? record.state,
      reason: 'To be given.',
      at: FAR_AHEAD,
    };
    return decide(person, request, { ...facts, content: approved ?? facts.content, ...over });
  };
  const offers = [...open]
    .filter((transition) => transition !== 'correct' && !isDone(transition, record, copy))
    .map((transition): TransitionOffer => offerFor(transition, ask(transition)));
  if (record.live) {
    // A correction is an approval and a publication in one go, with its note added first.
    const approval = ask('approve');
    const withNote = {
      state: 'approved',
      approvedRevision: newest,
      content: withCorrection(copy.content, NOTE_TO_COME),
    } as const;
    const correction = approval.ok ? ask('correct', withNote) : approval;
    if (correction.ok || correction.code !== 'forbidden')
      offers.push(offerFor('correct', correction));
  }
  return offers;
}

/** Approving what is approved changes nothing, except that it takes a scheduled article out of its schedule. */
function isDone(transition: Transition, record: ArticleRecord, copy: WorkingCopy): boolean {
  const { state, approvedRevision } = record;
  const isSame = !copy.dirty && copy.base !== null && copy.base === approvedRevision;
  return transition === 'approve' && state !== 'scheduled' && isSame;
}

function offerFor(transition: Transition, decision: Decision): TransitionOffer {
  return { transition, allowed: decision.ok, why: decision.ok ? '' : decision.message };
}
