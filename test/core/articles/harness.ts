import { createArticles, type Articles } from '../../../src-main/core/articles/index.ts';
import type { Person } from '#shared/api';
import type { Emit, EventName } from '#shared/contract';
import { seededRandom } from '../../helpers/clock-and-random.ts';
import { openNewsdesk, type Newsdesk } from '../../helpers/store.ts';

export interface Workplace extends Newsdesk {
  articles: ReturnType<typeof createArticles>;
  calls: Articles['handlers'];
  /** Signs somebody else in. */
  signIn(person: Person): void;
  /** What the window was told, and how often sync was woken. */
  told: { events: [EventName, unknown][]; wakes: number };
  /** Lets time pass for the planned seals. */
  pass(milliseconds: number): void;
}

/** The calls on articles over a real store, with a copy editor signed in and timers in the test's hand. */
export async function openWorkplace(dir?: string): Promise<Workplace> {
  const newsdesk = await openNewsdesk(dir);
  const told: Workplace['told'] = { events: [], wakes: 0 };
  const planned = new Map<symbol, { at: number; work: () => void }>();
  let person = newsdesk.editor;
  const emit: Emit = (name, data) => void told.events.push([name, data]);
  const articles = createArticles({
    store: newsdesk.store,
    emit,
    person: () => person,
    clock: newsdesk.clock,
    random: seededRandom(7),
    wake: () => void (told.wakes += 1),
    statusChanged: () => undefined,
    serverUrl: () => 'http://127.0.0.1:4000',
    later(milliseconds, work) {
      const key = Symbol('planned');
      planned.set(key, { at: newsdesk.clock() + milliseconds, work });
      return () => void planned.delete(key);
    },
  });
  return {
    ...newsdesk,
    articles,
    calls: articles.handlers,
    told,
    signIn: (next) => void (person = next),
    pass(milliseconds) {
      newsdesk.clock.forward(milliseconds);
      for (const [key, { at, work }] of [...planned])
        if (at <= newsdesk.clock() && planned.delete(key)) work();
    },
  };
}
