import type { ReadinessItem } from '#shared/article';
import { Empty } from '../ui/index.ts';
import { ReadinessLine, useReadiness } from './readiness.tsx';

const GROUPS: readonly { state: ReadinessItem['state']; title: string }[] = [
  { state: 'block', title: 'To settle first' },
  { state: 'warn', title: 'To look at' },
  { state: 'ok', title: 'In order' },
];

/** Every finding on the article, worst first; each leads to its field. */
export function ChecksTab() {
  const items = useReadiness();
  if (items.length === 0)
    return <Empty title="Nothing to check yet">Write a headline to begin.</Empty>;
  return (
    <>
      {GROUPS.map(({ state, title }) => {
        const found = items.filter((item) => item.state === state);
        return (
          found.length > 0 && (
            <section key={state} className="check-group" aria-labelledby={`checks-${state}`}>
              <h3 className="label" id={`checks-${state}`}>
                {title}
                <span className="aside">{found.length}</span>
              </h3>
              <ul className="card">
                {found.map((item) => (
                  <ReadinessLine key={item.code} item={item} />
                ))}
              </ul>
            </section>
          )
        );
      })}
    </>
  );
}
