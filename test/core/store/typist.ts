/**
 * Types into an article until it is killed, and says on stdout which edits the store has acknowledged. Run under Node:
 * `node typist.ts <folder>`.
 */
import { openStore } from '../../../src-main/core/store/index.ts';
import { content, desk, copyEditor, newsroom, paragraph, anId } from '../../helpers/articles.ts';

const dir = process.argv[2] ?? '';
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const store = await openStore({ dir, clock: Date.now, random, log: () => undefined });
const news = desk();
const editor = copyEditor(news.id);
store.people.putNewsroom(newsroom());
store.people.putDesk(news);
store.people.putPerson(editor);
const article = anId();
store.articles.create({
  id: article,
  desk: news.id,
  createdBy: editor.id,
  at: new Date().toISOString(),
});
store.working.apply({ article, generation: 1, fields: { ...content().fields, desk: news.id } });

const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`article ${article} ${editor.id}`);
for (let number = 1; ; number += 1) {
  const id = `typed-${number}`;
  const after = number === 1 ? null : `typed-${number - 1}`;
  store.working.apply({
    article,
    generation: 1,
    fields: { headline: `Headline number${number}` },
    blocks: [paragraph(`word${number}`, id)],
    placed: [{ id, after }],
  });
  say(`saved ${number}`);
  if (number % 7 === 0) {
    store.working.seal(article, { author: editor.id, device: store.deviceId });
    say(`sealed ${number}`);
  }
}
