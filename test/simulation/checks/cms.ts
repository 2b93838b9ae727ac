import type { Hash, Id } from '#shared/article';
import type { CmsPost } from '../../helpers/cms/cms.ts';
import type { Site } from '../world/cms.ts';
import { lookAt } from '../world/disk.ts';
import { marksIn } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { misprinted } from './cms-printed.ts';
import { readServerDisk, type Frozen, type ServerDisk } from './server-disk.ts';

interface Row {
  article: Id;
  channel: Id;
  wanted: Hash | null;
  standing: string;
  problem: string;
}

/** In the end each CMS shows what the newsroom published, and nothing else; what somebody changed there stands as they left it. */
export function checkCms(world: World, disk: ServerDisk): void {
  if (!world.cms) return;
  const rows = lookAt(world.server.file, (db) =>
    db.prepare('SELECT article, channel, wanted, standing, problem FROM deliveries').all(),
  ) as Row[];
  for (const site of world.cms.sites) {
    const live = site.watch.live();
    for (const { article, revision, live: isLive, path } of disk.publications) {
      const row = rows.find((one) => one.article === article && one.channel === site.channel);
      const wanted = isLive === 1 ? revision : null;
      if (!row && wanted === null) continue;
      if (site.notForIt.has(article)) {
        if (row || live.has(article))
          world.broken(
            5,
            `${site.kind} is to show ${article}, which is of a desk that it is not for.`,
          );
        continue;
      }
      if (row?.wanted !== wanted)
        world.broken(
          5,
          `${site.kind} is to show ${row?.wanted ?? 'nothing'} of ${article}, not ${wanted ?? 'nothing'}.`,
        );
      else checkStanding(world, site, row, live.get(article) ?? [], disk);
      const [post] = live.get(article) ?? [];
      if (post && row?.standing === 'done' && !site.watch.wasTouched(article))
        checkAddress(world, site, article, post, path);
    }
    // What a server that went back forgot stands there until it is published again.
    for (const article of live.keys())
      if (
        !world.cms.hasLost(article, site.channel) &&
        !disk.publications.some((one) => one.article === article && one.live === 1) &&
        !site.watch.wasTouched(article)
      )
        world.broken(5, `${site.kind} shows article ${article}, which readers are not to see.`);
  }
}

function checkStanding(
  world: World,
  site: Site,
  { article, wanted, standing, problem }: Row,
  live: CmsPost[],
  disk: ServerDisk,
): void {
  const { broken, cms } = world;
  const { kind, watch, channel } = site;
  const about = `Article ${article} in ${kind}`;
  if (standing === 'waiting') broken(12, `${about} still waits: ${problem}`);
  if (standing === 'refused') broken(15, `${about} was refused: ${problem}`);
  if (standing === 'changed' && !watch.wasTouched(article) && !cms?.hasLost(article, channel))
    broken(15, `${about} counts as changed, and nobody changed it: ${problem}`);
  if (standing !== 'done') return;
  if (wanted === null) {
    // Whatever somebody made of it there.
    if (live.length > 0) broken(5, `${about} was withdrawn and is still shown.`);
    return;
  }
  if (watch.wasTouched(article)) return;
  const [post] = live;
  if (!post) broken(5, `${about} is not shown.`);
  else checkPrinted(world, site, article, post, disk.revisions.get(wanted));
}

const BROUGHT = `SELECT article, channel, delivered, delivered_at AS at FROM deliveries
  WHERE standing = 'done' AND delivered IS NOT NULL`;

interface Brought {
  article: Id;
  channel: Id;
  delivered: Hash;
  at: string;
}

/** What the server has just brought to a CMS stands there as the revision has it, whatever was there before. */
export function checkBrought(world: World): void {
  const { cms, server } = world;
  if (!cms || !server.up) return;
  const rows = lookAt(server.file, (db) => db.prepare(BROUGHT).all()) as Brought[];
  const fresh = rows.flatMap((row) => {
    const site = cms.sites.find(({ channel }) => channel === row.channel);
    if (!site || site.brought.get(row.article) === row.at) return [];
    site.brought.set(row.article, row.at);
    return [{ ...row, site }];
  });
  if (fresh.length === 0) return;
  const { revisions } = readServerDisk(server.file);
  for (const { article, channel, delivered, site } of fresh) {
    const [post] = site.watch.live().get(article) ?? [];
    // A server that went back knows an older state of what stands there.
    if (post && site.watch.isAsWritten(post.id) && !cms.hasLost(article, channel))
      checkPrinted(world, site, article, post, revisions.get(delivered));
  }
}

/** Everything that a post prints is of the revision, and all that it is to print. */
function checkPrinted(
  { broken, cms }: World,
  { kind, channel, watch }: Site,
  article: Id,
  post: CmsPost,
  revision: Frozen | undefined,
): void {
  if (!revision) return;
  const about = `Article ${article} in ${kind}`;
  checkWords(broken, about, post, revision);
  // Whoever went back may know less of what it put there, and takes that for somebody’s.
  const mayHaveMore = cms?.hadLost(article, channel) ?? false;
  const problem = misprinted(kind, post, revision, { mayHaveMore, theirs: watch.tagsOf(post.id) });
  if (problem !== null) broken(4, `${about} ${problem}.`);
}

/** Readers find it under the name that it has on the newsroom’s own site, with a number where that was taken there. */
function checkAddress(
  { broken, cms }: World,
  { kind, channel }: Site,
  article: Id,
  { slug }: CmsPost,
  path: string,
): void {
  const name = path.split('/').at(-1) ?? '';
  // What a server that went back no longer knows of may stand there under the name that it had.
  const isNamed = cms?.hasLost(article, channel)
    ? !slug.startsWith('stet-')
    : new RegExp(`^${name}(?:-\\d+)?$`).test(slug);
  if (!isNamed) broken(5, `${kind} shows under ${slug} what readers know as ${name}.`);
}

/** Every marked word of the text stands in the post, and none that does not belong to the revision. */
function checkWords(broken: World['broken'], about: string, post: CmsPost, revision: Frozen): void {
  const printed = marksIn([post.title, post.excerpt, post.body]);
  const all = marksIn(revision);
  for (const mark of printed)
    if (!all.has(mark))
      broken(4, `${about} shows “${mark}”, which the published revision does not hold.`);
  for (const mark of marksIn(revision.body.filter(({ type }) => type === 'paragraph')))
    if (!printed.has(mark)) broken(4, `${about} lacks “${mark}” of the published revision.`);
}
