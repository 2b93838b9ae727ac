import { useLexicalEditable } from '@lexical/react/useLexicalEditable';
import { useMemo, type ReactNode } from 'react';
import { BLOCK_LABELS, type LocalId, type PlainBlock } from '#shared/article';
import { suggestMerge } from '#shared/merge';
import { ConflictPanel } from '../conflicts/conflict-panel.tsx';
import { VersionView } from '../conflicts/version-view.tsx';
import { countedVersions, saysWhat, thingOf } from '../conflicts/words.ts';
import { useWorkingCopy } from '../working-copy/provider.tsx';
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
  const { article } = useWorkingCopy();
  const origins = article.origins.find(({ conflict }) => conflict === id)?.versions ?? [];
  const thing = thingOf(base, versions);
  const kept = versions.filter((version) => version !== null);
  const kinds = new Set(kept.map(kindOf));
  const suggested = useMemo(() => suggestionOf(base, versions), [base, versions]);
  return (
    <CardFrame nodeKey={nodeKey} keeps>
      <ConflictPanel
        id={id}
        title={`${countedVersions(versions.length)} of this ${thing}`}
        says={saysWhat(
          thing,
          origins,
          versions.map((version) => version === null),
          base === null,
        )}
        editable={editable}
        choices={versions.map((version, index) => ({
          origin: origins[index] ?? null,
          ...(version && kinds.size > 1 ? { kind: kindOf(version) } : {}),
          label: version ? 'Take this' : 'Leave it out',
          content: version ? (
            <VersionView block={version} base={base} />
          ) : (
            <p className="stet-conflict-gone">Removed the {thing}.</p>
          ),
          take: () => onSettle(version ? [version] : []),
        }))}
        base={base && <VersionView block={base} base={null} />}
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

function kindOf(block: PlainBlock): string {
  return block.type === 'heading' && block.tag === 'h3'
    ? 'Smaller subhead'
    : BLOCK_LABELS[block.type];
}

/** The versions' words joined, where their changes lie apart. */
function suggestionOf(
  base: PlainBlock | null,
  versions: readonly (PlainBlock | null)[],
): PlainBlock | null {
  const [first = null, ...others] = versions;
  return others.reduce((joined, version) => suggestMerge(base, joined, version), first);
}
