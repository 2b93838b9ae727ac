import { expect, test } from 'vitest';
import { createLinks, deepLinkIn, parseDeepLink } from '../../src-main/host-electron/deep-links.ts';

const article = '019ab3c4-0000-7000-8000-000000000001';

test('a link names an article to open', () => {
  expect(parseDeepLink(`stet://article/${article}`)).toEqual({ article });
});

test.each([
  'stet://article/',
  'stet://article/../settings',
  `stet://article/${article}/publish`,
  `stet://article/${article}?transition=publish`,
  `stet://article/${article}#x`,
  `stet://someone@article/${article}`,
  `stet://transition/${article}`,
  `http://article/${article}`,
  `stet:article/${article}`,
  'stet://article/--no-sandbox',
  `stet://article/${'0'.repeat(300)}`,
  '',
])('%s asks for nothing', (text) => {
  expect(parseDeepLink(text)).toBeNull();
});

test('the link is found among a program’s arguments', () => {
  expect(deepLinkIn(['stet', '--profile', 'rosa', `stet://article/${article}`])).toEqual({
    article,
  });
  expect(deepLinkIn(['stet', '--profile', 'rosa'])).toBeNull();
});

test('a link that comes before anyone follows links is kept, and later ones go straight on', () => {
  const links = createLinks(null);
  links.come({ article });
  links.come(null);
  const followed: unknown[] = [];
  links.follow((link) => followed.push(link));
  links.come(null);
  expect(followed).toEqual([{ article }, null]);
});
