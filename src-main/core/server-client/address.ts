const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Whether an address names this computer itself. */
export function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
}

function base(url: URL, pathname: string): string {
  return `${url.protocol}//${url.host}${pathname.replace(/\/+$/, '')}`;
}

/**
 * The addresses under which a server may stand that a person typed as `courier.example`, `https://courier.example/`
 * or as any page of it: without a closing slash, the likeliest first, none when the text is no address. A password
 * never travels in the clear by accident: http is used only on this computer or when it was typed.
 */
export function serverAddresses(typed: string): string[] {
  const text = typed.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (text === '' || /\s/.test(text) || (scheme && scheme !== 'http' && scheme !== 'https'))
    return [];
  const guess = scheme ? text : `https://${text}`;
  if (!URL.canParse(guess)) return [];
  const url = new URL(guess);
  if (url.username !== '' || url.password !== '' || url.hostname === '') return [];
  if (!scheme && isLoopback(url.href)) url.protocol = 'http:';
  const found = new Set<string>();
  const parts = url.pathname.split('/').filter(Boolean);
  // Whoever pastes an invitation or a link to the API means the server in front of it.
  const inside = parts.findIndex((part) => part === 'v1' || part === '-');
  const prefix = inside >= 0 ? parts.slice(0, inside) : parts;
  if (prefix.length > 0) found.add(base(url, `/${prefix.join('/')}`));
  found.add(base(url, ''));
  return [...found];
}
