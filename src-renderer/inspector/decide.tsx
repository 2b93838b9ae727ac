import type { TransitionOffer } from '#shared/contract';
import { TRANSITIONS, type Transition } from '#shared/workflow';
import { useWorkingCopy } from '../editor/index.ts';
import { Button } from '../ui/index.ts';
import { ReadinessLine, useReadiness } from './readiness.tsx';
import { labelOf, startTransition } from './transitions.ts';

/** The step a person most likely came for, first to last. */
const MAIN: readonly Transition[] = ['correct', 'publish', 'approve', 'submit'];

/** What has to be in order before the article can run, and what can be done with it now. */
export function Decide() {
  const { article } = useWorkingCopy();
  const items = useReadiness();
  const offers = article.offers;
  const main =
    MAIN.map((name) =>
      offers.find(({ transition, allowed }) => transition === name && allowed),
    ).find(Boolean) ??
    MAIN.map((name) => offers.find(({ transition }) => transition === name)).find(Boolean);
  const others = offers.filter((offer) => offer !== main);
  return (
    <section className="decide" aria-labelledby="before-it-can-run">
      <h3 className="label" id="before-it-can-run">
        Before it can run
      </h3>
      <ul>
        {items.map((item) => (
          <ReadinessLine key={item.code} item={item} />
        ))}
      </ul>
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

function Offer({ offer, isMain = false }: { offer: TransitionOffer; isMain?: boolean }) {
  const { transition, allowed, why } = offer;
  const isDanger = transition === 'withdraw';
  return (
    <Button
      {...(isMain && allowed ? { variant: 'primary' as const } : {})}
      {...(isDanger && allowed ? { variant: 'danger' as const } : {})}
      blocked={!allowed}
      hint={allowed ? TRANSITIONS[transition].means : why}
      onPress={() => startTransition(transition)}
    >
      {labelOf(transition)}
    </Button>
  );
}
