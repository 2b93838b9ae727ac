import {
  bodyWords,
  emptyFields,
  type Fields,
  type LocalId,
  type PlainBlock,
} from '#shared/article';
import type { ImportProposal } from '#shared/contract';
import type { Claim, Recognition } from './claims.ts';
import { excerptOf } from './patterns.ts';
import { paragraphOf, plainBlocks, type NewId, type Piece } from './piece.ts';

/** A source that has been read and recognised: everything a proposal is made of. */
export interface ReadSource {
  id: string;
  source: string;
  pieces: Piece[];
  recognition: Recognition;
}

/** What the person has changed of the proposal: guesses declined, left-out pieces put back. */
export interface Choices {
  declined: readonly string[];
  kept: readonly string[];
}

function apply(fields: Fields, claim: Claim): Fields {
  return {
    ...fields,
    ...claim.fields,
    byline: [...fields.byline, ...(claim.byline ?? [])],
    contributors: [...fields.contributors, ...(claim.contributors ?? [])],
    related: [...fields.related, ...(claim.related ?? [])].slice(0, 100),
  };
}

/** Changes that the body's model made while the source was read, as guesses that may be declined. */
function changesOf(pieces: readonly Piece[], taken: ReadonlySet<Piece>): Claim[] {
  return pieces.flatMap((piece) =>
    piece.changed && piece.block && !taken.has(piece)
      ? [
          {
            id: `changed:${piece.id}`,
            kind: 'changed' as const,
            label: piece.changed.label,
            excerpt: excerptOf(piece.text),
            otherwise:
              piece.block.type === 'list'
                ? 'each line stays in the body as a paragraph'
                : 'stays in the body as a paragraph',
            pieces: [piece],
            blocks: [piece.block],
          },
        ]
      : [],
  );
}

function putBack(piece: Piece, newId: NewId): PlainBlock[] {
  if (piece.block) return [piece.block];
  return piece.text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => paragraphOf(line, newId()));
}

/** Gives a block a new id when another already has its own. */
function withUniqueIds(blocks: readonly PlainBlock[], newId: NewId): PlainBlock[] {
  const seen = new Set<LocalId>();
  return blocks.map((block) => {
    const id = seen.has(block.$.id) ? newId() : block.$.id;
    seen.add(id);
    return id === block.$.id ? block : { ...block, $: { ...block.$, id } };
  });
}

/**
 * What taking in the source would give, with the person's choices. Every piece ends in exactly one of three: a field,
 * the body, or the list of what is left out.
 */
export function propose(read: ReadSource, choices: Choices, newId: NewId): ImportProposal {
  const { pieces, recognition } = read;
  const declined = new Set(choices.declined);
  const kept = new Set(choices.kept);
  const taken = new Set(recognition.claims.flatMap((claim) => claim.pieces));
  const claims = [...recognition.claims, ...changesOf(pieces, taken)];

  const active = new Map<Piece, Claim>();
  const refused = new Set<Piece>();
  let fields = emptyFields();
  for (const claim of claims) {
    if (declined.has(claim.id)) claim.pieces.forEach((piece) => refused.add(piece));
    else {
      fields = apply(fields, claim);
      claim.pieces.forEach((piece) => active.set(piece, claim));
    }
  }

  const body: PlainBlock[] = [];
  const leftOut: ImportProposal['leftOut'] = [];
  const backInBody: string[] = [];
  for (const piece of pieces) {
    const claim = active.get(piece);
    const omission = piece.leftOut ?? recognition.omissions.get(piece.id);
    if (claim) {
      if (claim.pieces[0] === piece) body.push(...(claim.blocks ?? []));
    } else if (refused.has(piece)) body.push(...plainBlocks(piece, newId));
    else if (omission) {
      leftOut.push({
        id: piece.id,
        label: omission.label,
        text: piece.text,
        reason: omission.reason,
      });
      if (kept.has(piece.id)) {
        backInBody.push(piece.id);
        body.push(...putBack(piece, newId));
      }
    } else if (piece.block) body.push(piece.block);
  }
  const unique = withUniqueIds(body, newId);
  return {
    id: read.id,
    source: read.source,
    page: recognition.page,
    guesses: claims.map(({ id, kind, label, excerpt, otherwise }) => ({
      id,
      kind,
      label,
      excerpt,
      otherwise,
    })),
    declined: claims.map(({ id }) => id).filter((id) => declined.has(id)),
    leftOut,
    kept: backInBody,
    fields,
    body: unique,
    words: bodyWords(unique),
  };
}
