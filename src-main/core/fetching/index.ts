export { isPublicAddress, type AddressPolicy } from './address-policy.ts';
export { fetchPublic, type Fetched, type FetchOptions } from './fetch-public.ts';
export { relatedFromUrlHandler, type RelatedFromUrlDeps } from './related-from-url.ts';
