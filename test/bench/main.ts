import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench } from 'tinybench';
import { newLocalId, sealRevision, type Block, type Content } from '#shared/article';
import { mergeContents } from '#shared/merge';
import { readSource } from '../../src-main/core/import/read-source.ts';
import { openStore, type Store } from '../../src-main/core/store/index.ts';
import { anId, content, paragraph } from '../helpers/articles.ts';
import { handClock, seededRandom } from '../helpers/clock-and-random.ts';
import { measureKeysInWindow } from './keys-in-window.ts';

/** Measures what people would feel, and tells it: medians, and how each grows. It never passes or fails. */
const folder = mkdtempSync(join(tmpdir(), 'stet-bench-'));
const ARCHIVE = Number(process.argv[2] ?? 2000);
const WORDS_PER_BLOCK = 50;

const VOCABULARY = 'river council bridge evening figures report minister valley crew harbour'.split(
  ' ',
);
const dice = seededRandom(20_261_114);
const word = (): string => VOCABULARY[dice(1)[0]! % VOCABULARY.length]!;
const sentenceOf = (words: number): string => `${Array.from({ length: words }, word).join(' ')}.`;

function article(words: number): Content {
  const blocks = Math.ceil(words / WORDS_PER_BLOCK);
  const body = Array.from({ length: blocks }, (_, index) =>
    paragraph(sentenceOf(WORDS_PER_BLOCK), `block-${index.toString().padStart(6, '0')}`),
  );
  return content({ body });
}

/** `edits` blocks with other words in them, spread over the whole. */
function edited(of: Content, edits: number, first: number): Content {
  const every = Math.floor(of.body.length / edits);
  const changes = new Map<number, Block>();
  for (let edit = 0; edit < edits; edit += 1) {
    const at = (first + edit * every) % of.body.length;
    changes.set(at, paragraph(sentenceOf(WORDS_PER_BLOCK), of.body[at]!.$.id));
  }
  return { ...of, body: of.body.map((block, at) => changes.get(at) ?? block) };
}

function openIn(name: string): Promise<Store> {
  return openStore({
    dir: join(folder, name),
    clock: handClock(),
    random: seededRandom(3),
    log: () => undefined,
  });
}

function start(store: Store, of: Content): string {
  const id = anId();
  store.articles.create({ id, desk: null, createdBy: anId(), at: '2026-11-14T12:00:00.000Z' });
  store.working.apply({ article: id, generation: 1, fields: of.fields, blocks: of.body });
  return id;
}

interface Measured {
  name: string;
  median: number;
  runs: number;
}

async function measure(tasks: Record<string, () => unknown>, iterations = 30): Promise<Measured[]> {
  const bench = new Bench({ time: 800, warmupTime: 100, warmupIterations: 2, iterations });
  for (const [name, task] of Object.entries(tasks)) bench.add(name, task);
  const done = await bench.run();
  return done.map(({ name, result }) => {
    if (!('latency' in result)) throw new Error(`${name} could not be measured.`);
    return { name, median: result.latency.p50, runs: result.latency.samplesCount };
  });
}

function tell(measured: readonly Measured[], relative = false): void {
  const [first] = measured;
  for (const { name, median, runs } of measured) {
    const ratio = relative && first ? `  ${(median / first.median).toFixed(2)} × the smallest` : '';
    console.log(`${name.padEnd(52)} ${median.toFixed(3).padStart(10)} ms  (${runs} runs)${ratio}`);
  }
}

/** A key is pressed: the changed block is on the disk. It must not matter how long the article is. */
async function typing(): Promise<void> {
  const store = await openIn('typing');
  const tasks: Record<string, () => unknown> = {};
  for (const words of [1000, 10_000, 50_000]) {
    const of = article(words);
    const id = start(store, of);
    const { generation } = store.working.read(id)!;
    const at = of.body[of.body.length >> 1]!.$.id;
    let keys = 0;
    tasks[`an edit stored in ${words} words`] = () =>
      store.working.apply({
        article: id,
        generation,
        blocks: [paragraph(`${sentenceOf(20)} ${(keys += 1)}`, at)],
      });
  }
  tell(await measure(tasks), true);
  store.close();
}

/** The same as a person sees it: from the key to the frame that shows it. */
async function typingInTheWindow(): Promise<void> {
  const measured = await measureKeysInWindow([1000, 10_000], sentenceOf);
  if (measured) tell(measured, true);
  else console.log('A key in the window is not measured: there is no Chromium here.');
}

async function searching(): Promise<void> {
  const store = await openIn('search');
  const by = { author: anId(), device: store.deviceId };
  store.transaction(() => {
    for (let number = 0; number < ARCHIVE; number += 1) {
      const of = content({
        fields: { headline: `${sentenceOf(5)} ${number}` },
        body: [`Number${number} ${sentenceOf(300)}`],
      });
      store.working.seal(start(store, of), by);
    }
  });
  const rare = `number${ARCHIVE >> 1}`;
  tell(
    await measure({
      [`a rare word in ${ARCHIVE} articles`]: () => store.search.search(rare, 0, 50),
      [`a common word in ${ARCHIVE} articles`]: () => store.search.search('river', 0, 50),
      [`two words being typed in ${ARCHIVE} articles`]: () =>
        store.search.search('river cou', 0, 50),
    }),
  );
  store.close();
}

async function joining(): Promise<void> {
  const base = article(10_000);
  const [a, b] = [edited(base, 30, 0), edited(base, 30, 3)];
  const [c, d] = [edited(base, 30, 0), edited(base, 30, 0)];
  const id = anId();
  tell(
    await measure({
      'a merge of 10000 words, 30 edits a side': () => mergeContents(base, a, b),
      'the same where all 30 meet': () => mergeContents(base, c, d),
      'sealing and hashing 10000 words': () => sealRevision(id, [], base),
    }),
  );
}

/** Of each paragraph one editor cuts off the last sentence and the other the first, or joins the next to it. */
async function carryingBreaks(): Promise<void> {
  const tasks: Record<string, () => unknown> = {};
  for (const breaks of [25, 50, 100, 200]) {
    const sides = Array.from({ length: breaks }, (_, index) => {
      const of = (name: string, ...words: string[]): Block =>
        paragraph(words.join(' '), `${name}-${index}`);
      const [one, two, three, next] = [12, 12, 12, 12].map(sentenceOf) as [
        string,
        string,
        string,
        string,
      ];
      const written = of('next', next, sentenceOf(12));
      return {
        base: [of('para', one, two, three), of('next', next)],
        a: [of('para', one, two), of('a', three), written],
        b:
          index % 2 > 0
            ? [of('para', one), of('b', two, three), of('next', next)]
            : [of('para', one, two, three, next)],
      };
    });
    const bodies = {
      base: content({ body: sides.flatMap(({ base }) => base) }),
      a: content({ body: sides.flatMap(({ a }) => a) }),
      b: content({ body: sides.flatMap(({ b }) => b) }),
    };
    tasks[`a merge of ${breaks} breaks a side`] = () => {
      // What was compared once is remembered for as long as the same blocks are there.
      const { base, a, b } = structuredClone(bodies);
      return mergeContents(base, a, b);
    };
  }
  tell(await measure(tasks), true);
}

/** One editor put all paragraphs into another order, and the other a third of them. */
async function movingBlocks(): Promise<void> {
  const tasks: Record<string, () => unknown> = {};
  for (const blocks of [200, 800, 3200]) {
    const base = article(blocks * WORDS_PER_BLOCK);
    const { body } = base;
    const a = { ...base, body: body.toReversed() };
    const isLast = (at: number): boolean => at % 3 === 0;
    const [left, moved] = [false, true].map((last) => body.filter((_, at) => isLast(at) === last));
    const b = { ...base, body: [...left!, ...moved!] };
    tasks[`a merge of ${blocks} blocks in another order`] = () => mergeContents(base, a, b);
  }
  tell(await measure(tasks, 5), true);
}

async function takingIn(): Promise<void> {
  const text = Array.from({ length: 16_000 }, () => sentenceOf(45)).join('\n\n');
  const html = `<article>${text.replaceAll(/(.+)/g, '<p>$1</p>')}</article>`;
  const deps = {
    newId: () => newLocalId(dice),
    onProgress: async () => undefined,
    addPicture: () => Promise.reject(new Error('There are no pictures here.')),
  };
  const megabytes = (of: string): string => (Buffer.byteLength(of) / 1e6).toFixed(1);
  tell(
    await measure(
      {
        [`taking in ${megabytes(text)} MB of text`]: () =>
          readSource({ name: 'a.txt', text }, deps),
        [`taking in ${megabytes(html)} MB of HTML`]: () =>
          readSource({ name: 'a.html', html }, deps),
      },
      3,
    ),
  );
}

try {
  for (const part of [
    typing,
    typingInTheWindow,
    searching,
    joining,
    carryingBreaks,
    movingBlocks,
    takingIn,
  ])
    await part();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
