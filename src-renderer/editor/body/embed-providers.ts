import { safeWebUrl } from '#shared/article';

const PROVIDERS: readonly [host: RegExp, name: string][] = [
  [/(^|\.)(youtube\.com|youtu\.be|youtube-nocookie\.com)$/, 'YouTube'],
  [/(^|\.)vimeo\.com$/, 'Vimeo'],
  [/(^|\.)(twitter|x)\.com$/, 'X'],
  [/(^|\.)bsky\.app$/, 'Bluesky'],
  [/(^|\.)instagram\.com$/, 'Instagram'],
  [/(^|\.)facebook\.com$/, 'Facebook'],
  [/(^|\.)tiktok\.com$/, 'TikTok'],
  [/(^|\.)soundcloud\.com$/, 'SoundCloud'],
  [/(^|\.)spotify\.com$/, 'Spotify'],
  [/(^|\.)datawrapper\.(de|dwcdn\.net)$/, 'Datawrapper'],
  [/(^|\.)flourish\.studio$/, 'Flourish'],
  [/(^|\.)t\.me$/, 'Telegram'],
  [/(^|\.)documentcloud\.org$/, 'DocumentCloud'],
];

/** The provider of an embed by its host, else the host itself; null when the address cannot be embedded. */
export function providerOf(typed: string): { url: string; provider: string } | null {
  const text = typed.trim();
  const url = safeWebUrl(/^[a-z]+:/i.test(text) ? text : `https://${text}`);
  const host = url === null ? '' : new URL(url).hostname;
  if (url === null || !host.includes('.')) return null;
  return {
    url,
    provider: PROVIDERS.find(([pattern]) => pattern.test(host))?.[1] ?? host.replace(/^www\./, ''),
  };
}
