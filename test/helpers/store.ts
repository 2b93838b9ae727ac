import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Desk, Person } from '#shared/api';
import type { Content, Id } from '#shared/article';
import {
  openStore,
  type By,
  type Store,
  type StoreOptions,
} from '../../src-main/core/store/index.ts';
import { anId, copyEditor, desk, deskChief, newsroom, record, revision } from './articles.ts';
import { handClock, seededRandom } from './clock-and-random.ts';

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'stet-test-'));
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
}

export const storeOptions = (
  dir: string,
): StoreOptions & { clock: ReturnType<typeof handClock> } => ({
  dir,
  clock: handClock(),
  random: seededRandom(),
  log: () => undefined,
});

export interface Newsdesk {
  dir: string;
  store: Store;
  clock: ReturnType<typeof handClock>;
  desk: Desk;
  editor: Person;
  chief: Person;
  by: By;
}

/** A store with a newsroom, one desk, a copy editor (who acts) and a desk chief; closed when the test ends. */
export async function openNewsdesk(dir = temporaryFolder()): Promise<Newsdesk> {
  const options = storeOptions(dir);
  const store = await openStore(options);
  onTestFinished(() => store.close());
  const news = desk();
  const editor = copyEditor(news.id);
  const chief = deskChief(news.id);
  store.people.putNewsroom(newsroom());
  store.people.putDesk(news);
  for (const person of [editor, chief]) store.people.putPerson(person);
  return {
    dir,
    store,
    clock: options.clock,
    desk: news,
    editor,
    chief,
    by: { author: editor.id, device: store.deviceId },
  };
}

/** An article started on this computer that holds `content`, not sealed yet. */
export function startedArticle({ store, desk: on, editor, clock }: Newsdesk, content: Content): Id {
  const article = anId();
  store.articles.create({
    id: article,
    desk: on.id,
    createdBy: editor.id,
    at: new Date(clock()).toISOString(),
  });
  const fields = { ...content.fields, desk: on.id };
  store.working.apply({ article, generation: 1, fields, blocks: content.body });
  return article;
}

let seq = 0;

/** An article that came from the server with one revision. */
export function pulledArticle(
  newsdesk: Newsdesk,
  content: Content,
  changes: Parameters<typeof record>[0] = {},
): { article: Id; head: string } {
  const { store, desk: on, editor } = newsdesk;
  const article = changes.id ?? anId();
  const fields = { ...content.fields, desk: on.id };
  const head = revision(article, { ...content, fields }, { author: editor.id });
  const told = record({
    desk: on.id,
    createdBy: editor.id,
    head: head.hash,
    ...changes,
    id: article,
  });
  store.feed.applyChanges(
    [
      { kind: 'revision', data: head },
      { kind: 'article', data: told },
    ],
    `test:${(seq += 1)}`,
  );
  return { article, head: head.hash };
}
