import { readFileSync } from 'node:fs';
import { sha256Hex, newLocalId, type Block, type Inline, type ListBlock } from '#shared/article';
import { StetError, type ImportProposal, type ImportSource } from '#shared/contract';
import { inspectImage } from '../../../src-main/core/assets/index.ts';
import { propose, type Choices } from '../../../src-main/core/import/proposal.ts';
import { readSource } from '../../../src-main/core/import/read-source.ts';
import { seededRandom } from '../../helpers/clock-and-random.ts';

/** The text of a file in test/fixtures/import. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/import/${name}`, import.meta.url), 'utf8');
}

export interface TakenIn extends ImportProposal {
  /** The proposal after the person's choices. */
  adjust(choices: Partial<Choices>): ImportProposal;
}

/** Reads a source as the core does, with real pictures and predictable ids. */
export async function takeIn(source: Partial<ImportSource>): Promise<TakenIn> {
  const random = seededRandom();
  const newId = (): string => newLocalId(random);
  const read = await readSource(
    { name: '', ...source },
    {
      newId,
      addPicture: async (bytes) => {
        const facts = inspectImage(bytes);
        if (!facts) throw new StetError('unsupported', 'It is not a picture.');
        return { asset: sha256Hex(bytes), ...facts };
      },
      onProgress: () => Promise.resolve(),
    },
  );
  const adjust = (choices: Partial<Choices>): ImportProposal =>
    propose(read, { declined: [], kept: [], ...choices }, newId);
  return { ...adjust({}), adjust };
}

function inlines(children: readonly (Inline | ListBlock)[]): string {
  return children
    .map((child) => {
      if (child.type === 'text') {
        const marks = [
          [1, '*'],
          [2, '_'],
          [8, '='],
          [16, '`'],
          [4, '~'],
          [32, ','],
          [64, '^'],
        ] as const;
        const around = marks
          .filter(([bit]) => (child.format ?? 0) & bit)
          .map(([, mark]) => mark)
          .join('');
        return `${around}${child.text}${Array.from(around).reverse().join('')}`;
      }
      if (child.type === 'linebreak') return '\\n';
      if (child.type === 'link') return `[${inlines(child.children)}](${child.url})`;
      return `${child.listType}(${child.children.map((item) => inlines(item.children)).join(' | ')})`;
    })
    .join('');
}

/** A block in one readable line: its type, then its words with marks for formats. */
export function shown(block: Block): string {
  if (block.type === 'image') return `image: ${block.caption}`;
  if (block.type === 'embed') return `embed: ${block.url}`;
  if (block.type === 'table')
    return `table: ${block.children.map((row) => row.children.map((cell) => `${cell.headerState ? '#' : ''}${cell.children.map(({ children }) => inlines(children)).join(' / ')}`).join(' | ')).join(' || ')}`;
  if (block.type === 'horizontalrule' || block.type === 'conflict') return block.type;
  const type = block.type === 'heading' ? block.tag : block.type;
  return `${type}: ${block.type === 'list' ? inlines([block]) : inlines(block.children)}`;
}

export const bodyOf = ({ body }: ImportProposal): string[] => body.map(shown);
