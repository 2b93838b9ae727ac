import { serveCms } from '../../helpers/cms/cms.ts';
import { virtualWordPress, type WordPressAccount } from '../../helpers/cms/virtual-wordpress.ts';
import { virtualGhost } from '../../helpers/cms/virtual-ghost.ts';
import type { CmsKit } from './delivery-suite.ts';

/** A clock by which each request has a second of its own: two changes in one second look like one to a CMS. */
function secondBySecond(): () => number {
  let seconds = 1_700_000_000;
  return () => (seconds += 1) * 1000;
}

/** A WordPress whose account is an author: its texts come back spelt a little otherwise than they were sent. */
export function wordPressKit(
  account: WordPressAccount = { login: 'stet', password: 'abcd efgh ijkl', role: 'author' },
  permalinks: 'pretty' | 'plain' = 'pretty',
): CmsKit {
  return {
    label: 'WordPress',
    open: async () => {
      const now = secondBySecond();
      const served = await serveCms((url) =>
        virtualWordPress({ url, account: { ...account }, permalinks, now }),
      );
      const { login, password } = account;
      return {
        served,
        access: { kind: 'wordpress', url: served.url, account: login, secret: password },
      };
    },
    edited: (body) => body.replace('</p>', ' And a word of theirs.</p>'),
    isWrite: ({ method, url }) => method === 'POST' && /\/posts(\/\d+)?(\?|$)/.test(url),
  };
}

const KEY = `${'6b0737a6'.repeat(3)}:${'f5feb7dd'.repeat(8)}`;

export function ghostKit(): CmsKit {
  return {
    label: 'Ghost',
    open: async () => {
      const now = secondBySecond();
      const served = await serveCms((url) => virtualGhost({ url, key: KEY, now }));
      return { served, access: { kind: 'ghost', url: served.url, account: '', secret: KEY } };
    },
    edited: (body) => body.replace('"text":"', '"text":"A word of theirs. '),
    isWrite: ({ method }) => method === 'PUT' || method === 'POST',
  };
}
