export { ArticleList, SearchList } from './article-list.tsx';
export { Navigation } from './navigation.tsx';
export { startPlace } from './start-place.ts';
