import { bodyWords, type Content, type Id } from '#shared/article';
import type { Store } from '../../../src-main/core/store/index.ts';

/** Looks on whenever another text takes the place of a working copy: the lists say from then on what that says. */
export function watchIndex(store: Store, complain: (what: string) => void): void {
  const { working, queues } = store;
  const look = (article: Id, { fields, body }: Content): void => {
    const line = queues.row(article);
    if (!line) return;
    const is = [line.headline, line.slugline, line.words].join();
    const should = [fields.headline, fields.slugline, bodyWords(body)].join();
    if (is !== should) complain(`${article} is listed as ${is} and says ${should}.`);
  };
  const replace = working.replace.bind(working);
  working.replace = (article, content, base) => {
    const generation = replace(article, content, base);
    look(article, content);
    return generation;
  };
  const commit = working.commit.bind(working);
  working.commit = (article, change) => {
    const hash = commit(article, change);
    look(article, change.content);
    return hash;
  };
}
