import { describe, expect, it } from 'vitest';
import { openDb } from '../../../src-main/core/store/db.ts';
import { queueSql } from '../../../src-main/core/store/queues.ts';
import { queryOf, SEARCH_SQL } from '../../../src-main/core/store/search.ts';
import { anId, content, paragraph } from '../../helpers/articles.ts';
import { openNewsdesk, pulledArticle, startedArticle, type Newsdesk } from '../../helpers/store.ts';

const found = ({ store }: Newsdesk, text: string): string[] =>
  store.search.search(text, 0, 50).rows.map(({ id }) => id);

describe('search', () => {
  it('finds words of headline, slugline, byline, contributors and body, without accents and case', async () => {
    const newsdesk = await openNewsdesk();
    const { article } = pulledArticle(
      newsdesk,
      content({
        fields: {
          headline: 'Café owners rebuild',
          slugline: 'OLD-TOWN',
          byline: [{ id: 'byl1', name: 'Mira Hassan' }],
          contributors: [
            { id: 'con1', name: 'Jonah Okafor', affiliation: 'VOA', role: '', kind: 'person' },
          ],
        },
        body: ['The river fell on Tuesday.'],
      }),
    );
    for (const text of [
      'cafe',
      'OLD-TOWN',
      'hassan',
      'okafor',
      'RIVER tues',
      '"fell on tuesday"',
      'reb',
    ])
      expect(found(newsdesk, text), text).toEqual([article]);
    for (const text of ['bridge', '"tuesday fell"', 'river bridge'])
      expect(found(newsdesk, text), text).toEqual([]);
  });

  it('takes whatever is typed as words, never as commands', async () => {
    const newsdesk = await openNewsdesk();
    pulledArticle(newsdesk, content());
    for (const text of [
      '',
      '   ',
      '"',
      '""',
      '*',
      'NOT',
      'a OR',
      'headline:',
      '(',
      '-floods',
      '^',
      'NEAR(a b)',
      '—',
      '\0',
      '\ud800',
    ])
      expect(() => found(newsdesk, text), JSON.stringify(text)).not.toThrow();
    expect(queryOf('— "" *')).toBeNull();
  });

  it('shows where it matched', async () => {
    const newsdesk = await openNewsdesk();
    pulledArticle(newsdesk, content({ body: ['Nobody was hurt when the dam gave way.'] }));
    expect(newsdesk.store.search.search('dam', 0, 5).rows[0]?.snippet).toContain('\u0002dam\u0003');
  });

  it('puts what has the word in its headline first', async () => {
    const newsdesk = await openNewsdesk();
    const headline = pulledArticle(
      newsdesk,
      content({ fields: { headline: 'Dam gives way' }, body: ['Nobody was hurt.'] }),
    ).article;
    const inPassing = pulledArticle(
      newsdesk,
      content({
        fields: { headline: 'Council meets' },
        body: ['They spoke of roads, schools, a dam and the budget of the year.'],
      }),
    ).article;
    expect(found(newsdesk, 'dam')).toEqual([headline, inPassing]);
  });

  it('gives the newest first where there are too many to rank', async () => {
    const newsdesk = await openNewsdesk();
    const articles: string[] = [];
    newsdesk.store.transaction(() => {
      for (let number = 0; number < 1_005; number += 1)
        articles.push(
          pulledArticle(newsdesk, content({ body: [`Common words ${number}`] })).article,
        );
    });
    const page = newsdesk.store.search.search('common', 0, 3);
    expect(page.total).toBe(1_005);
    expect(page.rows.map(({ id }) => id)).toEqual(articles.slice(-3).reverse());
  });

  it('finds the sealed words of a working copy and no longer the old ones', async () => {
    const newsdesk = await openNewsdesk();
    const article = startedArticle(
      newsdesk,
      content({ body: [paragraph('The dam holds.', 'blk1')] }),
    );
    newsdesk.store.working.seal(article, newsdesk.by);
    newsdesk.store.working.apply({
      article,
      generation: 1,
      blocks: [paragraph('The bridge holds.', 'blk1')],
    });
    newsdesk.store.working.seal(article, newsdesk.by);
    expect([found(newsdesk, 'bridge'), found(newsdesk, 'dam')]).toEqual([[article], []]);
  });

  it('keeps an index that agrees with the texts it was made from', async () => {
    const newsdesk = await openNewsdesk();
    const { store, by, editor } = newsdesk;
    for (let number = 0; number < 20; number += 1) {
      const article = startedArticle(
        newsdesk,
        content({ body: [paragraph(`Number ${number}`, 'blk1')] }),
      );
      store.working.seal(article, by);
      store.working.apply({
        article,
        generation: 1,
        blocks: [paragraph(`Changed ${number}`, 'blk1')],
      });
      store.working.seal(article, by);
      if (number % 3 === 0) store.outbox.add({ kind: 'bin', article, binned: true }, editor.id);
      if (number % 6 === 0) store.outbox.add({ kind: 'bin', article, binned: false }, editor.id);
    }
    const db = openDb(`${newsdesk.dir}/stet.db`);
    expect(() =>
      db.run(`INSERT INTO search (search, rank) VALUES ('integrity-check', 1)`),
    ).not.toThrow();
    db.close();
    expect(store.search.search('changed', 0, 50).total).toBe(17);
    expect(store.search.search('number', 0, 50).total).toBe(0);
  });
});

describe('lists, counts and searches', () => {
  it('answer from an index, without reading a table from end to end', async () => {
    const newsdesk = await openNewsdesk();
    const { desk, editor } = newsdesk;
    const db = openDb(`${newsdesk.dir}/stet.db`, { readOnly: true });
    const queues = [
      { kind: 'mine', state: 'draft' },
      { kind: 'desk', desk: desk.id, state: 'in-review' },
      { kind: 'archive' },
      { kind: 'bin' },
    ] as const;
    const sqls: [string, (string | number)[]][] = [
      ...queues.flatMap((queue): [string, (string | number)[]][] => {
        const { list, count, values } = queueSql(queue, editor.id);
        return [
          [list, [...values, 50, 0]],
          [count, values],
        ];
      }),
      ...Object.values(SEARCH_SQL).map((sql): [string, (string | number)[]] => [
        sql,
        Array.from({ length: sql.split('?').length - 1 }, () => 'dam'),
      ]),
      ['SELECT article FROM working WHERE dirty = 1', []],
      [`SELECT count(*) FROM outbox WHERE state = ?`, ['waiting']],
      ['SELECT desk, count(*) FROM inbox WHERE handled = 0 GROUP BY desk', []],
      [
        `SELECT 1 FROM outbox WHERE kind = 'revision' AND json_extract(payload, '$.hash') = ? AND state = 'waiting'`,
        ['0'],
      ],
    ];
    for (const [sql, values] of sqls) {
      const plan = db
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values)
        .map(({ detail }) => detail);
      expect(plan.length, sql).toBeGreaterThan(0);
      expect(
        plan.filter(
          (step) =>
            step.startsWith('SCAN') &&
            !/VIRTUAL TABLE INDEX|^SCAN page$|USING (COVERING )?INDEX (working_dirty|inbox_open)/.test(
              step,
            ),
        ),
        sql,
      ).toEqual([]);
      if (sql.includes('json_extract'))
        expect(plan.join()).toContain('USING INDEX outbox_by_revision');
      if (sql.includes('ORDER BY updated_at'))
        expect(plan.filter((step) => step.includes('TEMP B-TREE')).slice(1), sql).toEqual([]);
    }
    db.close();
  });

  it('show what waits for review oldest first', async () => {
    const newsdesk = await openNewsdesk();
    const articles = [5, 1, 3].map(
      (minute) =>
        pulledArticle(newsdesk, content(), {
          id: anId(),
          state: 'in-review',
          updatedAt: `2026-11-14T12:0${minute}:00.000Z`,
        }).article,
    );
    const queue = { kind: 'desk', desk: newsdesk.desk.id, state: 'in-review' } as const;
    const { rows } = newsdesk.store.queues.list(queue, newsdesk.editor.id, 0, 10);
    expect(rows.map(({ id }) => id)).toEqual([articles[1], articles[2], articles[0]]);
  });

  it('page through a queue, newest first, with its size', async () => {
    const newsdesk = await openNewsdesk();
    const articles = Array.from(
      { length: 7 },
      (_, minute) =>
        pulledArticle(newsdesk, content(), {
          id: anId(),
          updatedAt: `2026-11-14T12:0${minute}:00.000Z`,
        }).article,
    );
    const page = newsdesk.store.queues.list(
      { kind: 'desk', desk: newsdesk.desk.id, state: 'draft' },
      newsdesk.editor.id,
      2,
      3,
    );
    expect(page).toMatchObject({
      total: 7,
      rows: [{ id: articles[4] }, { id: articles[3] }, { id: articles[2] }],
    });
    expect(page.rows[0]).toMatchObject({
      desk: 'News Desk',
      credit: 'Mira Hassan',
      words: 11,
      waiting: false,
    });
  });

  it('count the person’s own work and their desks', async () => {
    const newsdesk = await openNewsdesk();
    const { store, desk, editor, chief } = newsdesk;
    pulledArticle(newsdesk, content());
    pulledArticle(newsdesk, content(), { createdBy: chief.id, state: 'in-review' });
    const counts = store.queues.counts({ id: editor.id, desks: [desk.id] });
    expect(counts.filter(({ count }) => count > 0)).toEqual([
      { queue: { kind: 'mine', state: 'draft' }, count: 1 },
      { queue: { kind: 'desk', desk: desk.id, state: 'draft' }, count: 1 },
      { queue: { kind: 'desk', desk: desk.id, state: 'in-review' }, count: 1 },
      { queue: { kind: 'archive' }, count: 2 },
    ]);
  });
});
