import { newLocalId, type Content, type ImageInfo } from '#shared/article';
import { DESKS, PEOPLE } from '../world/newsroom.ts';
import type { Desk } from './editing.ts';

/** What people say of an article beside its text, in the fields to which a day seldom brings two at once. */

const withField = ({ content }: Desk, fields: Partial<Content['fields']>): Content => ({
  ...content,
  fields: { ...content.fields, ...fields },
});

const ABOUT = { mime: 'image/png', width: 2, height: 2 } as const;
/** Few enough for two people to come to the same. */
const PICTURES = ['a', 'b', 'c'].map((letter) => letter.repeat(64));

/** Puts a picture at the head, or another one, or says something else of it. */
function leadPicture(desk: Desk): Content {
  const { content, dice, words } = desk;
  const { leadImage } = content.fields;
  const how = leadImage ? dice.below(5) : 0;
  const anew: ImageInfo = {
    asset: dice.pick(PICTURES),
    ...ABOUT,
    caption: words.sentence(),
    credit: '',
    alt: '',
  };
  const said = {
    0: anew,
    1: null,
    2: leadImage && { ...leadImage, caption: words.sentence() },
    3: leadImage && { ...leadImage, alt: words.name() },
    4: leadImage && { ...leadImage, credit: words.name() },
  }[how];
  return withField(desk, { leadImage: said ?? null });
}

/** Credits a person or a desk of the newsroom, under one name or another. */
function credit(desk: Desk): Content {
  const { dice, words, content } = desk;
  const id = newLocalId(dice.bytes);
  const name = dice.chance(0.6) ? 'Sara Ali' : words.name();
  const whom = dice.pick([{ person: PEOPLE[0]!.id }, { desk: DESKS[0]!.id }, {}]);
  const at = dice.below(content.fields.byline.length + 1);
  const byline = content.fields.byline.toSpliced(at, 0, { id, name, ...whom });
  return withField(desk, { byline });
}

function classify(desk: Desk): Content {
  const { dice, words, content } = desk;
  const { subjects } = content.fields;
  const changes: Partial<Content['fields']>[] = [
    { subjects: [...subjects, words.name()] },
    { subjects: subjects.slice(1) },
    { urgency: dice.between(1, 8) },
    { language: dice.pick(['en', 'ar', 'ku']) },
    { direction: dice.pick(['ltr', 'rtl']) },
    { creditLine: dice.chance(0.3) ? null : words.name() },
    { editorsNote: words.sentence() },
    { source: words.name() },
  ];
  return withField(desk, dice.pick(changes));
}

/** One thing said of the article otherwise, or more. */
export const described = (desk: Desk): Content =>
  desk.dice.pick([leadPicture, leadPicture, credit, classify])(desk);
