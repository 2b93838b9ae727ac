import { expect, it } from 'vitest';
import { takeIn } from './take-in.ts';

const page = (headline: string, byline: string): string =>
  `${headline}\n\n${byline}\n\n${'Water stood in the streets of the old town on Monday, and the market stayed shut. '.repeat(3)}\n`;

it.each([
  ['By Jane Doe and Karim Aziz', ['Jane Doe', 'Karim Aziz']],
  ['بقلم أحمد العلي، سارة محمد', ['أحمد العلي', 'سارة محمد']],
  ['تقرير: ليلى حسن', ['ليلى حسن']],
  ['نووسینی: هێمن کەریم و شیلان عومەر', ['هێمن کەریم', 'شیلان عومەر']],
  ['نویسنده: مریم رضایی', ['مریم رضایی']],
  ['מאת יעל כהן', ['יעל כהן']],
])('“%s” is a byline', async (line, names) => {
  const { fields } = await takeIn({ name: 'a.txt', text: page('Flood closes the old town', line) });
  expect(fields.byline.map(({ name }) => name)).toEqual(names);
});

it.each([
  'كتب: هذا ما قاله المحافظ في اجتماع يوم الأحد مع وجهاء المدينة.',
  'By noon the water had gone.',
])('“%s” is none', async (line) => {
  const { fields } = await takeIn({ name: 'a.txt', text: page('Flood closes the old town', line) });
  expect(fields.byline).toEqual([]);
});
