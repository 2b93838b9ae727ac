import type { ReactNode } from 'react';
import { canonicalJson, isTextBlock, type PlainBlock } from '#shared/article';
import { AssetImage } from '../cards/asset-image.tsx';
import { compareInlines, compareTexts, contestedIn } from './changes.ts';
import { differencesOf } from './differences.ts';
import { isFoldable } from './fold.ts';
import { ListVersion } from './list-view.tsx';
import { Marked, Remarks } from './marked.tsx';
import { TableVersion } from './table-view.tsx';

interface Props {
  block: PlainBlock;
  /** What stood before; words that differ from it are marked. */
  base: PlainBlock | null;
  /** The versions of what stood before, if it is that which is shown: long runs of words that stand in all may be left out. */
  versions?: readonly PlainBlock[];
}

/** A version of a block as it reads, with the words that differ from the base marked. */
export function VersionView({ block, base, versions }: Props): ReactNode {
  switch (block.type) {
    case 'horizontalrule':
      return <hr />;
    case 'image': {
      const before = base?.type === 'image' ? base : null;
      const others = versions ?? [base];
      const isSame = others.every(
        (other) => other?.type === 'image' && other.asset === block.asset,
      );
      return (
        <figure>
          <AssetImage
            asset={block.asset}
            alt={block.alt}
            {...(isSame && { className: 'stet-version-same' })}
          />
          <figcaption>
            <Line name="Caption" now={block.caption} before={before?.caption} />
            <Line name="Credit" now={block.credit} before={before?.credit} />
            <Line name="Alt" now={block.alt} before={before?.alt} />
            <Remarks says={aboutPicture(block, before)} />
          </figcaption>
        </figure>
      );
    }
    case 'embed': {
      const before = base?.type === 'embed' ? base : null;
      return (
        <>
          <Line name="Title" now={block.title} before={before?.title} />
          <Line name="Address" now={block.url} before={before?.url} />
        </>
      );
    }
    case 'list':
      return <ListVersion list={block} base={base?.type === 'list' ? base : null} />;
    case 'table':
      return <TableVersion table={block} base={base?.type === 'table' ? base : null} />;
    case 'paragraph':
    case 'heading':
    case 'quote':
    case 'pullquote':
    case 'note': {
      const stretches = versions
        ? contestedIn(
            block.children,
            versions.filter(isTextBlock).map(({ children }) => children),
          )
        : compareInlines(isTextBlock(base) ? base.children : null, block.children);
      return (
        <>
          {stretches.length > 0 ? (
            <p className="stet-version-text" data-kind={block.type} dir={block.direction ?? 'auto'}>
              <Marked stretches={stretches} />
            </p>
          ) : (
            <p className="stet-conflict-gone">Nothing is written here.</p>
          )}
          <Remarks says={[...differencesOf(stretches), ...aboutTurning(block, base)]} />
        </>
      );
    }
  }
}

type Picture = Extract<PlainBlock, { type: 'image' }>;

/** What two pictures side by side may not show. */
function aboutPicture({ asset, focal }: Picture, before: Picture | null): string[] {
  if (!before) return [];
  if (asset !== before.asset) return ['Another picture.'];
  return canonicalJson(focal ?? null) === canonicalJson(before.focal ?? null)
    ? []
    : ['Another focal point.'];
}

type Text = Extract<PlainBlock, { direction?: unknown }>;

function aboutTurning({ direction }: Text, base: PlainBlock | null): string[] {
  if (!isTextBlock(base) || base.direction === direction) return [];
  if (direction === undefined) return ['Runs in the direction of its words.'];
  return [direction === 'rtl' ? 'Runs from right to left.' : 'Runs from left to right.'];
}

/** Whether a version has long runs of words that stand as before. */
export function foldsIn(block: PlainBlock | null, base: PlainBlock | null): boolean {
  return (
    isTextBlock(block) &&
    isTextBlock(base) &&
    isFoldable(compareInlines(base.children, block.children))
  );
}

function Line({
  name,
  now,
  before,
}: {
  name: string;
  now: string;
  before: string | undefined;
}): ReactNode {
  if (now === '' && !before) return null;
  return (
    <p className="stet-version-line">
      <span>{name}</span>{' '}
      <span dir="auto">
        <Marked stretches={compareTexts(before ?? null, now)} />
      </span>
    </p>
  );
}
