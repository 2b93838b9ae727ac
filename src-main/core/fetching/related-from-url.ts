import { newLocalId, safeWebUrl, type RandomBytes, type RelatedArticle } from '#shared/article';
import { StetError, type Handlers } from '#shared/contract';
import { readPageFacts } from '../import/index.ts';
import type { AddressPolicy } from './address-policy.ts';
import { fetchPublic, type Fetched } from './fetch-public.ts';

export interface RelatedFromUrlDeps {
  random: RandomBytes;
  mayReach?: AddressPolicy;
}

const MAX_BYTES = 4_000_000;
const TIMEOUT = 10_000;
const TYPE_IT = 'The address is kept: type title, date and teaser yourself.';

function bare(id: string, url: string): RelatedArticle {
  return { id, title: url.slice(0, 500), url, postedOn: '', publication: '', desk: '', teaser: '' };
}

async function described(fetched: Fetched, entry: RelatedArticle): Promise<RelatedArticle | null> {
  const isPage = /html/i.test(fetched.contentType) || fetched.contentType === '';
  if (fetched.status !== 200 || !isPage) return null;
  const facts = await readPageFacts(fetched.bytes);
  if (facts.headline === '') return null;
  return {
    ...entry,
    title: facts.headline.slice(0, 500),
    postedOn: facts.publishedOn,
    publication: (facts.site || new URL(fetched.url).hostname.replace(/^www\./, '')).slice(0, 200),
    teaser: facts.description.slice(0, 2000),
  };
}

/** `related.fromUrl`: what a page says of itself as a related article; without a network, the bare address. */
export function relatedFromUrlHandler(deps: RelatedFromUrlDeps): Pick<Handlers, 'related.fromUrl'> {
  const { random, mayReach } = deps;
  return {
    'related.fromUrl': async ({ url: given }) => {
      // People paste addresses as they see them in the bar, without the scheme.
      const url =
        safeWebUrl(given) ??
        safeWebUrl(
          /^[\w-]+(\.[\w-]+)+([/:?#]|$)/.test(given.trim()) ? `https://${given.trim()}` : '',
        );
      if (url === null || url.length > 2048)
        throw new StetError(
          'bad-input',
          'This is not a web address. It begins with https:// or http://.',
        );
      const entry = bare(newLocalId(random), url);
      try {
        const fetched = await fetchPublic(url, {
          maxBytes: MAX_BYTES,
          timeout: TIMEOUT,
          ...(mayReach && { mayReach }),
        });
        const related = await described(fetched, entry);
        if (related) return { related, fetched: true, message: '' };
        const { host } = new URL(url);
        const why =
          fetched.status === 200 ? 'does not describe itself' : `answered with ${fetched.status}`;
        return {
          related: entry,
          fetched: false,
          message: `The page at ${host} ${why}. ${TYPE_IT}`,
        };
      } catch (error) {
        if (!(error instanceof StetError)) throw error;
        return { related: entry, fetched: false, message: `${error.message} ${TYPE_IT}` };
      }
    },
  };
}
