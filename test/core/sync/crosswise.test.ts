import { expect, it } from 'vitest';
import { blockText } from '#shared/article';
import { mergeArticle } from '../../../src-main/core/sync/merge.ts';
import { anId, content, paragraph, record, revision } from '../../helpers/articles.ts';
import { openNewsdesk } from '../../helpers/store.ts';

/** Two merged the same two revisions, each without the other, and settled what those contested. */
async function crosswise(ours: string, theirs: string): Promise<string[]> {
  const { store, desk, editor, chief, by } = await openNewsdesk();
  const article = anId();
  const saying = (words: string, headline = 'Toll') =>
    content({ fields: { desk: desk.id, headline }, body: [paragraph(words, 'blk1')] });
  const colleagues = (of: ReturnType<typeof content>, parents: string[]) =>
    revision(article, of, { parents, author: chief.id });
  const start = colleagues(saying('The toll rises.'), []);
  const five = colleagues(saying('The toll is 5.'), [start.hash]);
  const six = colleagues(saying('The toll is 6.'), [start.hash]);
  const told = record({ id: article, desk: desk.id, createdBy: editor.id, head: six.hash });
  store.feed.applyChanges(
    [
      ...[start, five, six].map((data) => ({ kind: 'revision' as const, data })),
      { kind: 'article', data: told },
    ],
    'test:1',
  );
  const both = [five.hash, six.hash].sort();
  store.working.commit(article, { content: saying(ours), parents: both, base: six.hash, by });
  const other = colleagues(saying(theirs, 'The toll'), both);
  store.feed.applyChanges(
    [
      { kind: 'revision', data: other },
      { kind: 'article', data: { ...told, head: other.hash } },
    ],
    'test:2',
  );
  const mine = store.working.read(article)!.base!;
  expect(store.revisions.mergeBases(mine, other.hash)).toEqual(both);
  mergeArticle(store, article, by);
  const [block] = store.working.read(article)!.content.body;
  if (!block) return [];
  return block.type === 'conflict'
    ? block.versions.map((version) => (version ? blockText(version) : 'removed')).sort()
    : [blockText(block)];
}

it('contests again what two merges of the same work settled differently', async () => {
  expect(await crosswise('The toll is 5.', 'The toll is 6.')).toEqual([
    'The toll is 5.',
    'The toll is 6.',
  ]);
  expect(await crosswise('The toll is 6.', 'The toll is 5.')).toEqual([
    'The toll is 5.',
    'The toll is 6.',
  ]);
});

it('asks nothing again where both merges settled alike', async () => {
  expect(await crosswise('The toll is 6.', 'The toll is 6.')).toEqual(['The toll is 6.']);
});
