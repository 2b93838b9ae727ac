import { useLexicalEditable } from '@lexical/react/useLexicalEditable';
import { useMemo, type ReactNode } from 'react';
import { BLOCK_LABELS, canonicalJson, type LocalId, type PlainBlock } from '#shared/article';
import { suggestMerge } from '#shared/merge';
import { neighboursOf, wordsBeside, type Neighbours } from '../conflicts/beside.ts';
import { ConflictPanel } from '../conflicts/conflict-panel.tsx';
import { Remarks } from '../conflicts/marked.tsx';
import { foldsIn, VersionView } from '../conflicts/version-view.tsx';
import { countedVersions, saysWhat, thingOf, type Deed } from '../conflicts/words.ts';
import { useBody, useWorkingCopy } from '../working-copy/provider.tsx';
import { CardFrame } from './card-frame.tsx';

interface Props {
  nodeKey: string;
  id: LocalId;
  base: PlainBlock | null;
  versions: readonly (PlainBlock | null)[];
  /** The blocks that shall stand here instead; none removes the block. */
  onSettle: (blocks: PlainBlock[]) => void;
}

/** Versions of one block that a merge could not choose between, and what to do about them. */
export function ConflictCard({ nodeKey, id, base, versions, onSettle }: Props): ReactNode {
  const editable = useLexicalEditable();
  const beside = neighboursOf(useBody(), id);
  const { article } = useWorkingCopy();
  const origins = article.origins.find(({ conflict }) => conflict === id)?.versions ?? [];
  const thing = thingOf(base, versions);
  const kept = useMemo(() => versions.filter((version) => version !== null), [versions]);
  const kinds = new Set(kept.map(kindOf));
  const suggested = useMemo(() => suggestionOf(base, versions), [base, versions]);
  const folds = useMemo(() => kept.some((version) => foldsIn(version, base)), [base, kept]);
  return (
    <CardFrame nodeKey={nodeKey} keeps>
      <ConflictPanel
        id={id}
        title={`${countedVersions(versions.length)} of this ${thing}`}
        says={saysWhat(
          thing,
          origins,
          versions.map((version) => deedOf(version, base)),
        )}
        folds={folds}
        editable={editable}
        choices={versions.map((version, index) => ({
          origin: origins[index] ?? null,
          ...(version && kinds.size > 1 ? { kind: kindOf(version) } : {}),
          label: version ? 'Take this' : 'Leave it out',
          content: version ? (
            <>
              <VersionView block={version} base={base} />
              <Remarks says={remarksOn(version, base, beside)} />
            </>
          ) : (
            <p className="stet-conflict-gone">Removed the {thing}.</p>
          ),
          take: () => onSettle(version ? [version] : []),
        }))}
        base={base && <VersionView block={base} base={null} versions={kept} />}
        both={
          kept.length > 1
            ? {
                label: kept.length > 2 ? 'Take all, one after the other' : 'Take both',
                take: () => onSettle(kept),
              }
            : null
        }
        suggestion={
          suggested && {
            label: 'Take the suggestion',
            content: <VersionView block={suggested} base={base} />,
            take: () => onSettle([suggested]),
          }
        }
      />
    </CardFrame>
  );
}

function deedOf(version: PlainBlock | null, base: PlainBlock | null): Deed {
  if (!base) return 'wrote';
  if (!version) return 'removed';
  return isSame(base, version) ? 'kept' : 'changed';
}

function remarksOn(version: PlainBlock, base: PlainBlock | null, beside: Neighbours): string[] {
  return isSame(base, version) ? ['As it stood before.'] : wordsBeside(version, base, beside);
}

function kindOf(block: PlainBlock): string {
  return block.type === 'heading' && block.tag === 'h3'
    ? 'Smaller subhead'
    : BLOCK_LABELS[block.type];
}

/** The versions' words joined, where their changes lie apart; one that a version says already is none. */
function suggestionOf(
  base: PlainBlock | null,
  versions: readonly (PlainBlock | null)[],
): PlainBlock | null {
  const [first = null, ...others] = versions;
  const joined = others.reduce((sum, version) => suggestMerge(base, sum, version), first);
  return joined && versions.every((version) => !isSame(version, joined)) ? joined : null;
}

function isSame(x: PlainBlock | null, y: PlainBlock): boolean {
  return x !== null && canonicalJson(x) === canonicalJson(y);
}
