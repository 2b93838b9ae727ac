export { movedBlocks, type MovedBlocks } from './body.ts';
export { mergeContents, type MergedContent } from './contents.ts';
export { piecesOf } from './tokens.ts';
export { suggestMerge } from './words.ts';
