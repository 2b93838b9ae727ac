import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import { $getSelection, $isNodeSelection, $isRangeSelection } from 'lexical';
import { useEffect, useState } from 'react';
import type { Id, LocalId } from '#shared/article';
import type { Bridge, Colleague } from '#shared/contract';
import { $blockId, $blockOf } from '../body/node-state.ts';

/** Long enough that a person who walks through the text by keyboard is not followed from line to line. */
const PAUSE_MS = 600;

function $blockHere(): LocalId | null {
  const selection = $getSelection();
  const at = $isRangeSelection(selection)
    ? selection.focus.getNode()
    : $isNodeSelection(selection)
      ? selection.getNodes()[0]
      : null;
  const block = $blockOf(at);
  return block ? $blockId(block) || null : null;
}

/** Tells colleagues where this person is in the article, and says who else is in it. */
export function usePresence(bridge: Bridge, article: Id): readonly Colleague[] {
  const [editor] = useLexicalComposerContext();
  const [here, setHere] = useState<readonly Colleague[]>([]);
  useEffect(() => {
    let told: LocalId | null | undefined;
    let pause: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      const block = editor.read($blockHere);
      if (block === told) return;
      told = block;
      // Advice only: when it cannot be told, work goes on without.
      bridge.call('presence.move', { place: { article, block } }).then(
        (answer) => setHere(answer.here),
        () => undefined,
      );
    };
    tell();
    const stopHearing = bridge.on('presence', (news) => setHere(news.here));
    const stopWatching = editor.registerUpdateListener(() => {
      clearTimeout(pause);
      pause = setTimeout(tell, PAUSE_MS);
    });
    return () => {
      stopHearing();
      stopWatching();
      clearTimeout(pause);
      bridge.call('presence.move', { place: null }).catch(() => undefined);
    };
  }, [bridge, editor, article]);
  return here.filter((one) => one.article === article);
}
