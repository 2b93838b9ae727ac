import { z } from 'zod';
import { FIELD_NAMES } from './fields.ts';

/** What a desk asks of its articles. Lengths are in characters as a reader counts them. */
export const DeskProfile = z.object({
  required: z.array(z.enum(FIELD_NAMES)).default(['section', 'headline', 'byline']),
  headlineLimit: z.number().int().min(10).max(500).default(70),
  shortHeadlineLimit: z.number().int().min(10).max(300).default(60),
  standfirstLimit: z.number().int().min(10).max(2000).default(200),
  teaserLimit: z.number().int().min(10).max(2000).default(300),
  /** Whether the person who started an article may also approve it. */
  ownApproval: z.boolean().default(false),
  defaultSection: z.string().max(100).default(''),
});
export type DeskProfile = z.infer<typeof DeskProfile>;

/** The profile of a desk that has chosen nothing. */
export function defaultDeskProfile(): DeskProfile {
  return DeskProfile.parse({});
}
