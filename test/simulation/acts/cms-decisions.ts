import type { DeliveryAct, RemoteVersion } from '#shared/api';
import { canonicalJson, type Content, type Hash, type Id } from '#shared/article';
import { can } from '#shared/workflow';
import { readTheirEdit, takeInVersion } from '../../../src-main/core/cms/index.ts';
import { actOnDelivery, readTheirs } from '../../../src-server/delivery/index.ts';
import { findDelivery, findRemoteVersion } from '../../../src-server/store/index.ts';
import { positionOf } from '../checks/acknowledged.ts';
import type { CmsWatch } from '../checks/cms-watch.ts';
import { lineage, readServerDisk } from '../checks/server-disk.ts';
import type { Client } from '../world/client.ts';
import { beginAnew, type Site } from '../world/cms.ts';
import { lookAt } from '../world/disk.ts';
import { marksIn } from '../world/words.ts';
import type { World } from '../world/world.ts';
import type { Scene } from './cms-scene.ts';
import { attempt } from './desk-work.ts';
import { leaveReach } from './moments.ts';

const WANTED = 'SELECT wanted FROM deliveries WHERE article = ? AND channel = ?';

/** What of a kept version tells it from any other. */
type Kept = Parameters<CmsWatch['allow']>[0];

interface Stopped {
  article: Id;
  theirs: Hash | null;
}

/** What stopped at something that somebody changed there. */
function stoppedAt({ world, site }: Scene): Promise<Stopped[]> {
  const { db } = world.server.context().store;
  return db
    .selectFrom('deliveries')
    .select(['article', 'theirs'])
    .where('channel', '=', site.channel)
    .where('standing', '=', 'changed')
    .execute();
}

/**
 * A chief takes in what somebody changed of an article, and their computer is out of reach before that has reached the
 * server: what colleagues publish meanwhile does not hold it.
 */
export async function takeInApart(scene: Scene, article: Id): Promise<Client | null> {
  const { world } = scene;
  if (!world.server.up) return null;
  const theirs = (await stoppedAt(scene)).find((one) => one.article === article)?.theirs;
  if (theirs == null) return null;
  let taken: Client | null = null;
  await attempt('take in', world, async () => {
    taken = await takeIn(scene, article, theirs);
    if (taken) leaveReach(taken);
  });
  return taken;
}

/** A chief decides about a post that somebody changed: takes it in, publishes over it, or tries again. */
export async function decide(scene: Scene): Promise<void> {
  const { world, dice } = scene;
  if (!world.server.up) return;
  const stopped = await stoppedAt(scene);
  if (stopped.length === 0) return;
  const { article, theirs } = dice.pick(stopped);
  if (theirs !== null && dice.chance(0.5)) {
    await attempt('take in', world, async () => {
      await takeIn(scene, article, theirs);
    });
    return;
  }
  await actOn(scene, article, theirs !== null && dice.chance(0.7) ? theirs : null);
}

/** A chief has it published over what somebody made of the post, whichever that is; gives whether there was anything. */
export async function publishOver(scene: Scene, article: Id): Promise<boolean> {
  if (!scene.world.server.up) return false;
  const theirs = (await stoppedAt(scene)).find((one) => one.article === article)?.theirs;
  if (theirs == null) return false;
  await actOn(scene, article, theirs);
  return true;
}

/** This chief takes in what somebody made of the post, if anything. */
export async function takeInChange(scene: Scene, article: Id, chief: Client): Promise<void> {
  if (!scene.world.server.up) return;
  const theirs = (await stoppedAt(scene)).find((one) => one.article === article)?.theirs;
  if (theirs == null) return;
  await attempt('take in', scene.world, async () => {
    await takeIn(scene, article, theirs, chief);
  });
}

/** Publishes over a version, or tries again where none is given. */
export async function actOn({ world, site }: Scene, article: Id, over: Hash | null): Promise<void> {
  const { store } = world.server.context();
  beginAnew(site);
  if (over !== null) {
    const kept = await findRemoteVersion(store.db, over);
    site.watch.allow(JSON.parse(kept ?? '{}') as Kept);
  }
  await act(
    world,
    site,
    article,
    over === null ? { act: 'retry' } : { act: 'publish-over', theirs: over },
  );
}

/** A chief acts on a delivery; every window hears of it, since it says what stands there. */
async function act(
  { server, broken }: World,
  { kind, channel }: Site,
  article: Id,
  what: DeliveryAct,
): Promise<void> {
  const { file } = server;
  const before = positionOf(file);
  await server.context().store.write((unit) => actOnDelivery(unit, article, channel, what));
  if (positionOf(file) === before)
    broken(11, `Nobody is told of the ${what.act} of ${article} in ${kind}.`);
}

/** A chief takes what was changed there into the article, at their own computer; gives that, or null where it was not done. */
async function takeIn(
  scene: Scene,
  article: Id,
  theirs: Hash,
  by: Client | null = null,
): Promise<Client | null> {
  const { world, site, dice } = scene;
  const { server } = world;
  const { db } = server.context().store;
  const chiefs = world.clients.filter(({ core, who }) => {
    const record = core?.store.articles.record(article);
    const person = core?.store.people.person(who.id);
    return record && person && can(person, 'delivery.decide', record);
  });
  const delivery = await findDelivery(db, article, site.channel);
  if (chiefs.length === 0 || !delivery) return null;
  const client = by !== null && chiefs.includes(by) ? by : dice.pick(chiefs);
  const version = await readTheirs(db, site.kind, delivery);
  const core = client.core;
  if (!core || version?.theirs !== theirs) return null;
  const { parent, content } = await readTheirEdit(core.store, site.kind, version);
  if (client.core !== core) return null;
  await readsAlike(scene, version, parent, content);
  const lost = lostIn(version, core.store.revisions.open(parent), content);
  if (lost !== undefined)
    world.broken(
      2,
      `Client ${client.index} takes in what was changed in ${site.kind}, and not “${lost}” in ${article}.`,
    );
  const said = world.ledger.intend(
    client.index,
    article,
    core.store.revisions.open(parent),
    content,
  );
  const { deviceId } = core.store;
  const within = await takeInVersion(
    {
      store: core.store,
      clock: client.clock,
      by: { author: client.who.id, device: deviceId },
      channel: site.kind,
    },
    article,
    version,
  );
  said();
  core.told.events.working([article]);
  client.views.delete(article);
  if (!server.up) return null;
  site.watch.allow(JSON.parse((await findRemoteVersion(db, theirs)) ?? '{}') as Kept, () =>
    isWithin(server.file, article, site.channel, within),
  );
  await act(world, site, article, { act: 'taken-in', theirs, within });
  return client;
}

/** Whoever takes it in makes the same of it, so that it stands in the article once. */
async function readsAlike(
  { world, site }: Scene,
  version: RemoteVersion,
  parent: Hash,
  content: Content,
): Promise<void> {
  for (const { core, index } of world.clients) {
    if (!core?.store.revisions.open(parent)) continue;
    const read = await readTheirEdit(core.store, site.kind, version);
    if (canonicalJson(read.content) !== canonicalJson(content))
      world.broken(2, `Client ${index} takes in something else of ${site.kind} than a colleague.`);
  }
}

/** A word that somebody put in there, or that stood in the article and not there, and that is in neither any more. */
function lostIn(
  { before, title, excerpt, html }: RemoteVersion,
  published: Content | null,
  content: Content,
): string | undefined {
  const shown = marksIn([before?.title, before?.excerpt, before?.html]);
  const theirs = marksIn([title, excerpt, html]);
  const stands = marksIn(content);
  const unseen = published ? marksIn([published.fields, published.body]) : [];
  return [...theirs, ...unseen].find((mark) => !shown.has(mark) && !stands.has(mark));
}

/** Whether the revision that a channel is to show came of another one. */
function isWithin(file: string, article: Id, channel: Id, within: Hash): boolean {
  const wanted = lookAt(file, (db) =>
    db.prepare<[Id, Id], string | null>(WANTED).pluck().get(article, channel),
  );
  return lineage(readServerDisk(file), [wanted ?? null]).has(within);
}
