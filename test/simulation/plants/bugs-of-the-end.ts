import { createHash } from 'node:crypto';
import type * as connectorModule from '../../../src-server/connectors/connector.ts';
import type * as devicesModule from '../../../src-server/store/devices.ts';
import type * as digestModule from '../../../src-main/core/sync/digest.ts';
import type * as peopleModule from '../../../src-server/store/people.ts';
import type * as permissionsModule from '../../../src-shared/workflow/permissions.ts';
import type * as postModule from '../../../src-server/delivery/post.ts';
import type * as refusedModule from '../../../src-main/core/sync/refused.ts';
import type * as reofferModule from '../../../src-main/core/sync/reoffer.ts';
import type * as storeAssetModule from '../../../src-server/assets/store-asset.ts';
import { at, type PlantedBug } from './seam.ts';

/** Bugs that the scenes find which are played when all is in order again. */
export const BUGS_OF_THE_END = {
  'gone-and-still-served': {
    what: 'Who is no longer in the newsroom goes on being served by what they signed in with.',
    seam: at<typeof peopleModule.findHolder>(
      'src-server/store/people.ts',
      'findHolder',
      (original) =>
        async (...asked) => {
          const holder = await original(...asked);
          return holder && { ...holder, person: { ...holder.person, active: true } };
        },
    ),
    seed: 2,
    breaks: [10],
  },
  'lines-stay-open': {
    what: 'The server goes on speaking to devices that it signed out.',
    seam: at<typeof devicesModule.findDevice>(
      'src-server/store/devices.ts',
      'findDevice',
      (original) =>
        async (...asked) => {
          const device = await original(...asked);
          return device && { ...device, token_hash: device.token_hash ?? '' };
        },
    ),
    seed: 2,
    breaks: [10],
  },
  'named-is-author': {
    what: 'Whom a first revision names is its author, whether they might start the article or not.',
    seam: at<typeof permissionsModule.can>(
      'src-shared/workflow/permissions.ts',
      'can',
      (original) => {
        let last: unknown;
        return (actor, action, scope) => {
          // Who sends it is asked about first, and right behind that whom it names.
          const isNamed = action === 'article.create' && last !== undefined && last !== actor;
          last = action === 'article.create' ? actor : undefined;
          return isNamed || original(actor, action, scope);
        };
      },
    ),
    seed: 2,
    breaks: [10, 11],
  },
  'pictures-of-any-bytes': {
    what: 'A picture is taken whatever its name says of its bytes.',
    seam: at<typeof storeAssetModule.storeAsset>(
      'src-server/assets/store-asset.ts',
      'storeAsset',
      (original) => (context, _, bytes) =>
        original(context, createHash('sha256').update(bytes).digest('hex'), bytes),
    ),
    seed: 2,
    breaks: [2],
  },
  'read-on-from-half-way': {
    what: 'Who was stopped while they read the feed of a server that came back reads on as if nothing had been.',
    seam: at<typeof reofferModule.createReoffer>(
      'src-main/core/sync/reoffer.ts',
      'createReoffer',
      (original) => (context) => ({ ...original(context), begin: () => undefined }),
    ),
    seed: 13,
    breaks: [1, 2, 9],
  },
  'comments-stay-refused': {
    what: 'A comment that was refused for want of its article is not sent again when that is back.',
    seam: at<typeof refusedModule.offerSaidAgain>(
      'src-main/core/sync/refused.ts',
      'offerSaidAgain',
      () => () => undefined,
    ),
    seed: 1,
    breaks: [2],
  },
  'compared-and-not-awaited': {
    what: 'What the daily comparison finds missing, and others started, is brought back by nobody.',
    seam: at<typeof digestModule.compareDigest>(
      'src-main/core/sync/digest.ts',
      'compareDigest',
      (original) => (context, remote, cancel) => {
        const awaited = { ...context.store.awaited, add: () => undefined };
        return original({ ...context, store: { ...context.store, awaited } }, remote, cancel);
      },
    ),
    seed: 11,
    breaks: [2, 9],
  },
  'former-pictures-stay': {
    what: 'The picture of a post stays when its article has none any more.',
    seam: at<typeof connectorModule.joinedTerms>(
      'src-server/connectors/connector.ts',
      'joinedTerms',
      (original) => (current, before, wanted) =>
        wanted.length === 0 ? current : original(current, before, wanted),
    ),
    seed: 7,
    breaks: [4],
  },
  'credit-lines-stay-here': {
    what: 'The credit line does not come to a CMS.',
    seam: at<typeof postModule.postOf>(
      'src-server/delivery/post.ts',
      'postOf',
      (original) =>
        async (...asked) => {
          const post = await original(...asked);
          return post && { ...post, creditLine: '' };
        },
    ),
    seed: 7,
    breaks: [4],
  },
} satisfies Record<string, PlantedBug>;
