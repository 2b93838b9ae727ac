export { mergeContents, type MergedContent } from './contents.ts';
export { suggestMerge } from './words.ts';
