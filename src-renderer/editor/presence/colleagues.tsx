import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import { $getRoot } from 'lexical';
import { useLayoutEffect, useState, type ReactNode } from 'react';
import type { LocalId } from '#shared/article';
import type { Colleague } from '#shared/contract';
import { Avatar } from '../../ui/index.ts';
import { $blockId } from '../body/node-state.ts';
import { useBridge, useWorkingCopy } from '../working-copy/provider.tsx';
import { usePresence } from './use-presence.ts';

/** Who else is in the article: named at its head, and a disc beside the paragraph that each is in. Nothing is locked. */
export function Colleagues(): ReactNode {
  const bridge = useBridge();
  const { article } = useWorkingCopy();
  const here = usePresence(bridge, article.id);
  const tops = useBlockTops(here);
  if (here.length === 0) return null;
  const names = [...new Set(here.map(({ name }) => name))].sort();
  return (
    <>
      <p className="stet-colleagues" dir="ltr">
        <span>Also here:</span>
        {names.map((name) => (
          <span key={name} className="stet-colleague">
            <Avatar name={name} small />
            <bdi>{name}</bdi>
          </span>
        ))}
      </p>
      {[...tops].map(([block, top]) => {
        const beside = here.filter((one) => one.block === block).map(({ name }) => name);
        const says = `${beside.join(', ')} ${beside.length === 1 ? 'is' : 'are'} in this paragraph`;
        return (
          <span
            key={block}
            className="stet-colleague-mark"
            style={{ top }}
            role="img"
            aria-label={says}
            title={says}
            data-beside={block}
          >
            {beside.map((name) => (
              <Avatar key={name} name={name} small />
            ))}
          </span>
        );
      })}
    </>
  );
}

/** Where in the column each block begins in which someone is. */
function useBlockTops(here: readonly Colleague[]): ReadonlyMap<LocalId, number> {
  const [editor] = useLexicalComposerContext();
  const [tops, setTops] = useState<ReadonlyMap<LocalId, number>>(new Map());
  const wanted = [...new Set(here.flatMap(({ block }) => block ?? []))].sort().join(' ');
  useLayoutEffect(() => {
    const ids = new Set(wanted.split(' ').filter(Boolean));
    const measure = (): void => {
      const sheet = editor.getRootElement()?.closest('.stet-sheet');
      const found = new Map<LocalId, number>();
      if (sheet) {
        const { top } = sheet.getBoundingClientRect();
        editor.read(() => {
          for (const node of $getRoot().getChildren()) {
            const element = ids.has($blockId(node)) && editor.getElementByKey(node.getKey());
            if (element) found.set($blockId(node), element.getBoundingClientRect().top - top);
          }
        });
      }
      setTops((before) => {
        const isSame =
          before.size === found.size && [...found].every(([id, at]) => before.get(id) === at);
        return isSame ? before : found;
      });
    };
    measure();
    if (ids.size === 0) return;
    const sheet = editor.getRootElement()?.closest('.stet-sheet');
    const resized = new ResizeObserver(measure);
    if (sheet) resized.observe(sheet);
    const stop = editor.registerUpdateListener(measure);
    return () => {
      resized.disconnect();
      stop();
    };
  }, [editor, wanted]);
  return tops;
}
