export { mergeContents, type MergedContent } from './contents.ts';
export { piecesOf } from './tokens.ts';
export { suggestMerge } from './words.ts';
