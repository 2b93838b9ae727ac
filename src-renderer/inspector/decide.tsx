import { useEffect, useRef, useState } from 'react';
import type { ReadinessItem } from '#shared/article';
import type { OpenArticle, TransitionOffer } from '#shared/contract';
import { TRANSITIONS, type Transition, type WorkflowState } from '#shared/workflow';
import { useWorkingCopy } from '../editor/index.ts';
import { Button, tellError } from '../ui/index.ts';
import { ReadinessLine, useReadiness } from './readiness.tsx';
import { labelOf, startTransition } from './transitions.ts';

/** The step a person most likely came for, first to last. */
const MAIN: readonly Transition[] = ['correct', 'publish', 'approve', 'submit'];

/** What has to be in order before the article can run, and what can be done with it now. */
export function Decide() {
  const { article } = useWorkingCopy();
  const items = useReadiness();
  useFreshOffers(items);
  const { offers } = article;
  const main = mainOffer(article);
  const others = offers.filter((offer) => offer !== main);
  const [isWhole, setWhole] = useState(false);
  const unblocked = items.filter(({ state }) => state !== 'block').length;
  return (
    <section
      className="decide"
      aria-labelledby="before-it-can-run"
      {...(isWhole ? { 'data-whole': true } : {})}
    >
      <h3 className="label" id="before-it-can-run">
        Before it can run
      </h3>
      <ul>
        {items.map((item) => (
          <ReadinessLine key={item.code} item={item} />
        ))}
      </ul>
      {unblocked > 0 && (
        // Shown by the style sheet where the marks leave no room for the whole list.
        <div className="decide-more">
          <Button variant="plain" small aria-expanded={isWhole} onPress={() => setWhole(!isWhole)}>
            {moreSaying(isWhole, unblocked, items.length)}
          </Button>
        </div>
      )}
      {main && !main.allowed && <p className="why">{main.why}</p>}
      <div className="decide-row">
        {others.map((offer) => (
          <Offer key={offer.transition} offer={offer} />
        ))}
        {main && <Offer offer={main} isMain />}
      </div>
    </section>
  );
}

function moreSaying(isWhole: boolean, unblocked: number, all: number): string {
  if (unblocked === all)
    return isWhole ? 'Show less' : `Nothing is in the way. Show all ${String(all)}`;
  return isWhole ? 'Show only what is in the way' : `Show the other ${String(unblocked)}`;
}

function Offer({ offer, isMain = false }: { offer: TransitionOffer; isMain?: boolean }) {
  const { transition, allowed, why } = offer;
  const { state } = useWorkingCopy().article.record;
  const isDanger = transition === 'withdraw';
  return (
    <Button
      {...(isMain && allowed ? { variant: 'primary' as const } : {})}
      {...(isDanger && allowed ? { variant: 'danger' as const } : {})}
      blocked={!allowed}
      hint={allowed ? meaningOf(transition, state) : why}
      onPress={() => startTransition(transition)}
    >
      {labelOf(transition)}
    </Button>
  );
}

/** Approving again is how a schedule ends. */
function meaningOf(transition: Transition, state: WorkflowState): string {
  return transition === 'approve' && state === 'scheduled'
    ? 'Take it out of the schedule. What is approved is then this revision, word for word.'
    : TRANSITIONS[transition].means;
}

/** What is most likely meant now; nothing where readers already see what stands here. */
function mainOffer({ offers, record, changedSincePublished }: OpenArticle): TransitionOffer | null {
  if (record.state === 'published' && !changedSincePublished) return null;
  const inOrder = MAIN.flatMap((name) => offers.filter(({ transition }) => transition === name));
  return inOrder.find(({ allowed }) => allowed) ?? inOrder[0] ?? null;
}

/** What may be done follows from what is still missing: when that changes, the core is asked again. */
function useFreshOffers(items: readonly ReadinessItem[]): void {
  const { refresh } = useWorkingCopy();
  const blocking = items.flatMap(({ code, state }) => (state === 'block' ? [code] : [])).join();
  const known = useRef(blocking);
  useEffect(() => {
    if (known.current === blocking) return;
    known.current = blocking;
    void refresh().catch(tellError);
  }, [blocking, refresh]);
}
