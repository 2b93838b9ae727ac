import type { Id } from '#shared/article';
import { can, titleOf } from '#shared/workflow';
import { StetError, type NameSuggestion } from '#shared/contract';
import type { ArticleHandlers, Context } from './types.ts';

type Lists = Pick<
  ArticleHandlers,
  'queues.counts' | 'articles.list' | 'articles.search' | 'names.suggest' | 'people.list'
>;

const NAMES = 8;

/** Queues, lists, search and names. */
export function listHandlers({ store, person }: Context): Lists {
  return {
    'queues.counts': () => {
      const { id, memberships } = person();
      const desks = memberships.map(({ desk }) => desk);
      const open = new Map(store.inbox.openCounts().map(({ desk, open: count }) => [desk, count]));
      return {
        counts: store.queues.counts({ id, desks }),
        people: store.people.persons().filter(({ active }) => active).length,
        inbox: desks.map((desk) => ({ desk, open: open.get(desk) ?? 0 })),
      };
    },
    'articles.list': ({ queue, offset, limit }) => {
      const me = person();
      const { rows, total } = store.queues.list(queue, me.id, offset, limit);
      if (queue.kind !== 'bin') return { rows, total };
      const mayRestore = (id: Id): boolean => {
        const record = store.articles.record(id);
        return record !== null && can(me, 'article.bin', record);
      };
      return { rows: rows.map((row) => ({ ...row, mayRestore: mayRestore(row.id) })), total };
    },
    'articles.search': ({ text, offset, limit }) => store.search.search(text, offset, limit),
    'names.suggest': ({ text }) => ({ found: text.trim() === '' ? [] : suggestNames(store, text) }),
    'people.list': () => {
      const newsroom = store.people.newsroom();
      if (!newsroom)
        throw new StetError(
          'not-found',
          'The newsroom has not arrived from the publishing server yet. It comes with the first sync.',
        );
      return { people: store.people.persons(), desks: store.people.desks(), newsroom };
    },
  };
}

/** People and desks of the newsroom first, then names the archive has credited. */
function suggestNames(store: Context['store'], text: string): NameSuggestion[] {
  const { persons, desks } = store.people.suggest(text, NAMES);
  const deskNames = new Map(store.people.desks().map(({ id, name }) => [id, name]));
  const found: NameSuggestion[] = [
    ...persons.map((person) => ({
      name: person.name,
      // Somebody who is only credited has no part in the newsroom to name; where they come from tells them apart.
      detail:
        person.admin || person.memberships.length > 0
          ? [
              titleOf(person),
              ...person.memberships.flatMap(({ desk }) => deskNames.get(desk) ?? []),
            ].join(', ')
          : person.affiliation,
      person: person.id,
      affiliation: person.affiliation,
    })),
    ...desks.map(({ id, name }) => ({ name, detail: 'desk', desk: id, affiliation: '' })),
  ];
  const known = new Set(found.map(({ name }) => name.toLowerCase()));
  for (const { name, affiliation, uses } of store.people.credits(text, NAMES)) {
    if (known.has(name.toLowerCase())) continue;
    found.push({
      name,
      detail: affiliation || `credited ${uses === 1 ? 'once' : `${uses} times`}`,
      affiliation,
    });
  }
  return found.slice(0, NAMES);
}
