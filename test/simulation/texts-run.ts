import {
  canonicalJson,
  emptyFields,
  newLocalId,
  sha256Hex,
  type Content,
  type Hash,
} from '#shared/article';
import { mergeContents } from '#shared/merge';
import { change, insertBehind, takeBack, type Desk, type Writing } from './acts/editing.ts';
import { KINDS, settleSomething, writeAs, writeSomething, type Kind } from './acts/writing.ts';
import type { Violation } from './checks/invariants.ts';
import { createLedger, type Ledger } from './checks/ledger.ts';
import { checkMerges, commonText } from './checks/merges.ts';
import { contentOf, lineage, type Frozen, type Revisions } from './checks/server-disk.ts';
import { checkHead } from './checks/texts.ts';
import type { Outcome, Plan } from './run.ts';
import { diceOf, type Dice } from './world/dice.ts';
import { PEOPLE } from './world/newsroom.ts';
import { createWords, type Words } from './world/words.ts';
import { describe, type World } from './world/world.ts';

/**
 * People who write in one text, each out of reach of the others for a while, with nothing but their texts, the merge and what
 * stands where they meet: no stores, no server and no time. A dozen times as many merges are made so as in newsrooms.
 */

const ARTICLE = '0192d3a0-0000-7000-8000-000000000001';
const NOW = '2026-11-14T12:00:00.000Z';

/** What all know that were there: the newest text, and what was left beside it. */
interface Meeting {
  head: Hash | null;
  sides: readonly Hash[];
}

interface Person {
  index: number;
  content: Content;
  /** The revision from which they go on. */
  base: Hash | null;
  /** Their text before what they did last. */
  before: Content | null;
  /** As they heard of it last. */
  met: Meeting;
}

interface Room {
  people: Person[];
  meeting: Meeting;
  disk: Revisions;
  ledger: Ledger;
  words: Words;
}

function descends({ disk }: Room, from: Hash | null, hash: Hash): boolean {
  return from !== null && lineage(disk, [from]).has(hash);
}

function freeze(room: Room, content: Content, parents: Hash[]): Hash {
  const said = { schema: 1, article: ARTICLE, parents, assets: [], ...contentOf(content) };
  const bytes = canonicalJson(said);
  const hash = sha256Hex(bytes);
  room.disk.revisions.set(hash, { ...said, hash, bytes });
  return hash;
}

const opened = ({ disk }: Room, hash: Hash): Frozen => disk.revisions.get(hash)!;

function seal(room: Room, person: Person): void {
  const { base, content } = person;
  const was = base === null ? null : contentOf(opened(room, base));
  if (was && canonicalJson(was) === canonicalJson(content)) return;
  person.base = freeze(room, content, base === null ? [] : [base]);
}

function show(person: Person, content: Content, base: Hash): void {
  Object.assign(person, { content: contentOf(content), base, before: null });
}

function joinWith(room: Room, person: Person, theirs: Hash): void {
  const ours = person.base!;
  if (descends(room, ours, theirs)) return;
  if (descends(room, theirs, ours)) {
    show(person, opened(room, theirs), theirs);
    return;
  }
  const [a, b] = [opened(room, ours), opened(room, theirs)];
  const base = commonText(room.disk, a, b);
  const { content } = mergeContents(base, a, b);
  show(person, content, freeze(room, content, [ours, theirs]));
}

/** Joins what they know of: the newest text first, then what stands beside it. */
function join(room: Room, person: Person): void {
  seal(room, person);
  const { head, sides } = person.met;
  for (const theirs of [...(head === null ? [] : [head]), ...sides]) joinWith(room, person, theirs);
}

/** Brings their text to where all meet: it becomes the newest, or is left beside what others brought since. */
function bring(room: Room, person: Person): void {
  seal(room, person);
  const own = person.base!;
  const { head, sides } = room.meeting;
  if (descends(room, head, own)) return;
  const left = sides.filter((side) => !descends(room, own, side));
  room.meeting =
    head === null || descends(room, own, head)
      ? { head: own, sides: left }
      : { head, sides: [...left, own] };
}

function hear({ meeting }: Room, person: Person): void {
  person.met = meeting;
}

function write(
  { words, ledger }: Room,
  person: Person,
  dice: Dice,
  act: (desk: Desk) => Writing | null,
): void {
  const { content, index } = person;
  const writing = act({ content, dice, words, who: PEOPLE[index % PEOPLE.length]!.id, now: NOW });
  if (!writing) return;
  ledger.intend(index, ARTICLE, content, writing.after)();
  Object.assign(person, { content: writing.after, before: content });
}

/** Puts a picture in, or another in the place of one that is there. */
function picture(desk: Desk): Writing {
  const { content, dice, words } = desk;
  const there = content.body.filter((block) => block.type === 'image');
  const about = { mime: 'image/png', width: 2, height: 2, credit: '', alt: '' } as const;
  const info = { ...about, asset: sha256Hex(words.name()), caption: words.sentence() };
  if (there.length > 0 && dice.chance(0.5)) return change(desk, { ...dice.pick(there), ...info });
  const at = dice.below(content.body.length + 1);
  return insertBehind(desk, at, { type: 'image', $: { id: newLocalId(dice.bytes) }, ...info });
}

function type(room: Room, person: Person, dice: Dice): void {
  const { before, content } = person;
  if (before && dice.chance(0.05)) {
    write(room, person, dice, () => takeBack(content, before));
    return;
  }
  write(room, person, dice, dice.chance(0.04) ? picture : writeSomething);
}

/** Several work on one kind of thing, each without the others. */
function workAlike(room: Room, _person: Person, dice: Dice): void {
  const kind: Kind = dice.weighted(KINDS);
  for (const person of room.people)
    if (dice.chance(0.6))
      for (let left = dice.between(1, 3); left > 0; left -= 1)
        write(room, person, dice, (desk) => writeAs(desk, kind));
}

const ACTS = {
  type,
  workAlike,
  settle(room, person, dice) {
    for (let left = dice.between(1, 12); left > 0; left -= 1)
      write(room, person, dice, settleSomething);
  },
  seal,
  hear,
  join,
  bring,
  meet(room, person) {
    hear(room, person);
    join(room, person);
    bring(room, person);
  },
} satisfies Record<string, (room: Room, person: Person, dice: Dice) => void>;

const WEIGHTS: Record<keyof typeof ACTS, number> = {
  type: 48,
  workAlike: 4,
  settle: 12,
  seal: 3,
  hear: 4,
  join: 5,
  bring: 4,
  meet: 16,
};

function createRoom(seed: number, people: number | undefined): Room {
  const dice = diceOf(seed, 1);
  const [words, ledger] = [createWords(), createLedger()];
  const content: Content = {
    fields: { ...emptyFields(), headline: words.name() },
    body: [],
    conflicts: [],
  };
  ledger.intend(0, ARTICLE, null, content)();
  const met: Meeting = { head: null, sides: [] };
  const room: Room = {
    people: Array.from({ length: people ?? dice.between(2, 4) }, (_, index) => ({
      index,
      content,
      base: null,
      before: null,
      met,
    })),
    meeting: met,
    disk: { revisions: new Map(), sides: [] },
    words,
    ledger,
  };
  const [first] = room.people;
  for (let left = dice.between(4, 12); first && left > 0; left -= 1) type(room, first, dice);
  if (first) bring(room, first);
  for (const person of room.people)
    show(person, opened(room, room.meeting.head!), room.meeting.head!);
  return room;
}

/** Everybody meets until all have one text and nothing stands beside it. */
function gather(room: Room): boolean {
  for (let round = 0; round < 6; round += 1) {
    for (const person of room.people) ACTS.meet(room, person);
    const { head, sides } = room.meeting;
    if (sides.length === 0 && room.people.every(({ base }) => base === head)) return true;
  }
  return false;
}

/** One run from its seed to its end, in which nothing is played but the texts. */
export async function runTexts(plan: Plan): Promise<Outcome> {
  let step = 0;
  let violation: Violation | null = null;
  const broken = (invariant: Violation['invariant'], what: string): void => {
    violation ??= { invariant, what, step };
  };
  let found = { merges: 0, conflicts: 0 };
  try {
    const room = createRoom(plan.seed, plan.clients);
    for (; step < plan.steps; step += 1) if (!plan.skip?.has(step)) takeStep(room, plan, step);
    found = judge(room, broken);
  } catch (error) {
    broken(15, `The run was thrown out of its course: ${describe(error)}`);
  }
  return { violation, accepted: {}, ...found };
}

function takeStep(room: Room, { seed, trace }: Plan, step: number): void {
  const dice = diceOf(seed, 2, step);
  const person = dice.pick(room.people);
  const act = dice.weighted(WEIGHTS);
  trace?.(step, person.index, act);
  ACTS[act](room, person, dice);
}

function judge(room: Room, broken: World['broken']): Pick<Outcome, 'merges' | 'conflicts'> {
  if (!gather(room)) {
    broken(1, 'People who all met have different texts, or left one beside.');
    return { merges: 0, conflicts: 0 };
  }
  const { disk, ledger, meeting } = room;
  checkHead({ ledger, broken }, disk, opened(room, meeting.head!), () => new Set());
  return checkMerges({ broken }, disk);
}
