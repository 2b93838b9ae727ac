export { movedBlocks, type MovedBlocks } from './body.ts';
export { mergeContents, type MergedContent } from './contents.ts';
export { SENTENCE_END, wordsOf } from './sentences.ts';
export { piecesOf } from './tokens.ts';
export { suggestMerge } from './words.ts';
