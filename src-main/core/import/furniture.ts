import type { Omission } from './piece.ts';

type Rule = readonly [pattern: RegExp, label: string, reason: string];

const SITE = 'It belongs to the site the text came from, not to the article.';

/** Lines that sites print round every article. A line must fit as a whole: news may well be about cookies. */
const RULES: readonly Rule[] = [
  [
    /^(privacy\s*&\s*cookies\s*:|.*\b(this|our) (web ?site|site) uses cookies\b|to find out more, including how to control cookies|.*\bsee here:\s*cookie policy\b|(accept|reject|manage)( all)?( of the)? cookies|cookie (policy|settings|preferences|notice))/i,
    'Cookie notice',
    SITE,
  ],
  [/^(proudly )?powered by\b/i, '“Powered by” line', SITE],
  [
    /(?=.*\bcomments?\b)(?=.*\b(suggestions?|story submissions?|donations?)\b)^.{0,160}$/i,
    'Feedback line',
    'Stet prints its own line for comments, submissions and donations.',
  ],
  [
    /^(share|tweet|pin it|email|e-mail|print|whatsapp|facebook|twitter|x|linkedin|telegram|reddit|copy link|like this:?|like loading\W*|share (this|on|via)\b.*|click to (share|email|print)\b.*|print this (page|article))$/i,
    'Share line',
    SITE,
  ],
  [
    /^(follow|subscribe|sign up|join|register|log ?in|sign in|newsletter|get (the|our) .{0,40}newsletter|download (the|our) app|support our journalism|donate( now)?|become a (member|subscriber))\b.{0,80}$/i,
    'Subscription line',
    SITE,
  ],
  [
    /^(advertisement|advertising|sponsored( content)?|ad|story continues below.*|article continues (after|below).*|promoted( content)?)$/i,
    'Advertisement',
    SITE,
  ],
  [
    /^(skip to (main )?content|menu|search|home|back to top|top|close|open menu|toggle navigation|next( (article|post|story))?|previous( (article|post|story))?|prev|leave a (comment|reply).*|no comments|\d+ comments?|view comments|loading\W*|read more|show more|load more|most (read|popular|viewed)|trending( now)?|all rights reserved\.?|terms (of use|and conditions|of service)|privacy policy|about us|contact us?|site ?map)$/i,
    'Site navigation',
    SITE,
  ],
  [
    /^(©|\(c\)|copyright\b)(?=.{0,160}$)/i,
    'Copyright line',
    'Usage terms have a field of their own.',
  ],
  [/^\d{1,2}[- ]min(ute)?s? read$/i, 'Reading time', 'Stet counts it from the body.'],
  [/^((filed|posted) (under|in)|tags?|topics?|categor(y|ies)|keywords?)\s*:/i, 'Tags', SITE],
];

const LONGEST = 400;

/** Whether a line is furniture of the site it came from, and what to say of it. */
export function furnitureOf(text: string): Omission | null {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '' || line.length > LONGEST) return null;
  const rule = RULES.find(([pattern]) => pattern.test(line));
  return rule ? { label: rule[1], reason: rule[2] } : null;
}
