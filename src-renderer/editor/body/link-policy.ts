import { LinkNode } from '@lexical/link';
import type { LexicalEditor } from 'lexical';
import { safeLink } from '#shared/article';

/** Lexical checks an address only when drawing it: `javascript:` would stay in the document. Unsafe links lose it here. */
export function registerLinkPolicy(editor: LexicalEditor): () => void {
  return editor.registerNodeTransform(LinkNode, (node) => {
    if (safeLink(node.getURL()) !== null && node.getURL().length <= 2048) return;
    for (const child of node.getChildren()) node.insertBefore(child);
    node.remove();
  });
}

/** What a person typed as a link: a full address, a bare host or an e-mail address. Null when it cannot be linked. */
export function linkFromTyped(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return null;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(typed)) return safeLink(`mailto:${typed}`);
  const direct = safeLink(typed);
  if (direct) return direct;
  return /^[^\s/:]+\.[^\s/:]{2,}([/?#]\S*)?$/.test(typed) ? safeLink(`https://${typed}`) : null;
}
