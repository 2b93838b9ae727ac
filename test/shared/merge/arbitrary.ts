import fc from 'fast-check';
import {
  blockText,
  emptyFields,
  type Block,
  type Content,
  type ParagraphBlock,
} from '#shared/article';
import type { z } from 'zod';

export type Paragraph = z.infer<typeof ParagraphBlock>;

export function paragraph(id: string, text: string): Paragraph {
  return { type: 'paragraph', $: { id }, children: text ? [{ type: 'text', text }] : [] };
}

export function content(body: Block[], fields: Partial<Content['fields']> = {}): Content {
  return { fields: { ...emptyFields(), ...fields }, body, conflicts: [] };
}

/** What an editor may do to a body; positions are taken modulo its length, so that every script is playable. */
export type Act =
  | { do: 'rewrite'; at: number; text: string }
  | { do: 'remove'; at: number }
  | { do: 'insert'; at: number; text: string }
  | { do: 'move'; at: number; to: number }
  | { do: 'split'; at: number }
  | { do: 'retype'; at: number; type: 'paragraph' | 'quote' | 'note' };

const position = fc.nat({ max: 20 });
const text = fc.constantFrom('flood', 'levee', 'pump', 'river', 'mayor', 'bridge');

export const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('rewrite' as const), at: position, text }),
  fc.record({ do: fc.constant('remove' as const), at: position }),
  fc.record({ do: fc.constant('insert' as const), at: position, text }),
  fc.record({ do: fc.constant('move' as const), at: position, to: position }),
  fc.record({ do: fc.constant('split' as const), at: position }),
  fc.record({
    do: fc.constant('retype' as const),
    at: position,
    type: fc.constantFrom('paragraph' as const, 'quote' as const, 'note' as const),
  }),
);

/** Plays a script on a body as one editor would; `who` keeps new ids and new words apart from the other editor's. */
export function play(body: readonly Block[], script: readonly Act[], who: string): Block[] {
  const result = [...body];
  script.forEach((step, index) => {
    const at = result.length === 0 ? 0 : step.at % result.length;
    const here = result[at];
    if (step.do === 'insert')
      result.splice(
        at,
        0,
        paragraph(`${who}-new-${String(index)}`, `${step.text} ${who}${String(index)}`),
      );
    else if (!here) return;
    else if (step.do === 'rewrite')
      result[at] = {
        ...paragraph(here.$.id, `${step.text} ${who}${String(index)}`),
        ...(here.type === 'quote' || here.type === 'note' ? { type: here.type } : {}),
      };
    else if (step.do === 'retype' && here.type !== 'conflict')
      result[at] = { ...paragraph(here.$.id, blockText(here)), type: step.type };
    else if (step.do === 'retype') return;
    else if (step.do === 'remove') result.splice(at, 1);
    else if (step.do === 'split')
      result.splice(at + 1, 0, paragraph(`${who}-half-${String(index)}`, 'second half'));
    else {
      result.splice(at, 1);
      result.splice(step.to % (result.length + 1), 0, here);
    }
  });
  return result;
}
