export { mergeContents, type MergedContent } from './contents.ts';
export { piecesOf, suggestMerge } from './words.ts';
