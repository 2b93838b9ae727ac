export { ArticleList, SearchList } from './article-list.tsx';
export { Navigation } from './navigation.tsx';
export { useStartPlace } from './use-start-place.ts';
