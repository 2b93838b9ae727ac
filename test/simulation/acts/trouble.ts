import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { saveArticle, saveRevision } from '../../../src-server/store/index.ts';
import { pause } from '../checks/pauses.ts';
import { serverTemplate } from '../world/template.ts';
import type { Client } from '../world/client.ts';
import type { Dice } from '../world/dice.ts';
import { clearFault, planFault, readImage, readWhole } from '../world/disk.ts';
import { PEOPLE } from '../world/newsroom.ts';
import { giveRoles } from '../world/roles.ts';
import { settled } from '../world/schedule.ts';
import { admit, type World } from '../world/world.ts';
import { futureRevision } from './future.ts';
import { goBack, tryToken } from './going-back.ts';
import { goodDay } from './good-day.ts';
import { loseComputer, loseUnsent, revoke } from './losses.ts';

/** Where something goes wrong: at a client, or for everyone. */
export interface Scene {
  world: World;
  client: Client;
  dice: Dice;
}

const DAY = 86_400_000;
const PAGE = 4096;

/** Something that goes wrong, or is put right again. */
export const TROUBLES = {
  goOffline({ client }: Scene) {
    client.line.online = false;
    client.line.cut();
  },
  goOnline({ client }: Scene) {
    client.line.online = true;
    client.core?.engine.now();
  },
  cutLine({ client }: Scene) {
    client.line.cut();
  },
  pause({ client, dice }: Scene) {
    if (client.core) pause(client.core, dice.chance(0.3));
  },
  async quit({ client }: Scene) {
    await client.close();
  },
  async signInAgain({ client, world }: Scene) {
    if (client.token === null || client.core?.engine.standing().state === 'signed-out')
      await admit(world, client);
  },
  killClient({ client }: Scene) {
    client.kill();
  },
  killClientInWrite({ client, dice }: Scene) {
    const kind = dice.chance(0.5) ? 'kill-before' : 'kill-behind';
    if (client.core) client.plan({ kind, left: dice.below(12) }, dice.chance(0.6));
  },
  fullDisk({ client, dice }: Scene) {
    if (client.core) client.plan({ kind: 'full', left: dice.below(10) });
  },
  brokenDisk({ client, dice }: Scene) {
    if (client.core) client.plan({ kind: 'broken', left: dice.below(10) });
  },
  repairDisk({ client }: Scene) {
    client.repairDisk();
  },
  tornLog({ client, dice }: Scene) {
    if (!client.core) return;
    const { main, log } = readImage(client.file);
    const torn = dice.bytes(dice.between(1, 200));
    client.kill({ main, log: log && Buffer.concat([log, torn]) });
  },
  async flippedPage(scene: Scene) {
    const { client, dice, world } = scene;
    if (!client.core) return;
    if (dice.chance(0.5)) await client.core.store.backup();
    const flipped = withFlippedPage(readWhole(client.file), dice);
    await loseUnsent(world, client);
    client.kill({ main: flipped, log: null });
    client.injured = true;
    await world.schedule.pass(0);
    await restartUntilSound(scene);
  },
  setClock({ client, dice }: Scene) {
    client.clockOff = dice.chance(0.3) ? 0 : Math.round((dice.next() * 2 - 1) * 3650) * DAY;
  },
  setServerClock({ world, dice }: Scene) {
    const years = Math.round((dice.next() * 2 - 1) * 3650) * DAY;
    const hour = dice.between(-3600, 3600) * 1000;
    world.serverClockOff = dice.chance(0.4) ? 0 : dice.pick([years, hour]);
  },
  sleep({ world, dice }: Scene) {
    world.slept += dice.between(1, 40) * DAY;
  },
  async restartServer({ world }: Scene) {
    await world.server.stop();
    await world.server.start();
  },
  async stopServer({ world }: Scene) {
    await world.server.stop();
  },
  async startServer({ world }: Scene) {
    if (!world.server.up) await world.server.start();
  },
  async killServer({ world }: Scene) {
    world.server.kill();
    await world.server.start();
  },
  /** As on a computer, the disk stays full until somebody makes room. */
  fullServerDisk({ world, dice }: Scene) {
    const kind = dice.chance(0.5) ? 'full' : 'broken';
    if (world.server.up) planFault(world.server.file, { kind, left: dice.below(12) });
  },
  repairServerDisk({ world }: Scene) {
    clearFault(world.server.file);
  },
  killServerInWrite({ world, dice }: Scene) {
    const when = dice.chance(0.5) ? 'before' : 'behind';
    world.server.ambush(dice.below(6), when, () => world.server.kill());
  },
  backUpServer({ world }: Scene) {
    if (world.server.up) world.backup = world.server.image();
  },
  /** In a backup the tokens are alive that were revoked since: whoever found such a computer may have it at that hour. */
  async restoreServer(scene: Scene) {
    const { world, client, dice } = scene;
    if (!world.backup) return;
    await goBack(world, world.backup, dice.chance(0.4) ? 'by-hand' : 'command');
    for (const token of world.watch.revokedTokens()) await tryToken(world, client, token);
  },
  async emptyServer(scene: Scene) {
    const template = await serverTemplate(scene.world.folder);
    await goBack(scene.world, readImage(`${template}/server.db`), 'command');
  },
  async revoke({ world, client }: Scene) {
    await revoke(world, client);
  },
  revokeInBatch({ world, client, dice }: Scene) {
    world.server.ambush(dice.below(4), 'before', () => revoke(world, client));
  },
  /** Whoever found a computer that was signed out long ago tries what it still knows. */
  async stolenToken({ world, client, dice }: Scene) {
    const tokens = world.watch.revokedTokens();
    if (tokens.length > 0) await tryToken(world, client, dice.pick(tokens));
  },
  async changeRole({ world, dice }: Scene) {
    const who = dice.pick(PEOPLE);
    const changed = world.watch.memberships(who.id) !== who.memberships;
    // Whoever had one desk, and now and then somebody who had two, is left with none, and with nothing to read.
    const left = who.memberships.map(({ desk }) => ({ desk, role: 'copy-editor' as const }));
    const memberships = changed ? who.memberships : left.slice(dice.chance(0.3) ? 2 : 1);
    if (!world.server.up) return;
    await giveRoles(world, who.id, memberships);
    if (memberships.length > 0) return;
    // Out of reach they do not hear of it, and write on.
    for (const { line } of world.clients.filter((client) => client.who.id === who.id))
      if (dice.chance(0.6)) {
        line.online = false;
        line.cut();
      }
  },
  demandUpdate({ world, dice }: Scene) {
    if (world.server.up) world.server.demandProtocol(dice.chance(0.3) ? 2 : 1);
  },
  async newerStet({ world }: Scene) {
    if (!world.server.up || world.future.length >= 2) return;
    const { store } = world.server.context();
    const author = PEOPLE[1]!;
    const { article, stored } = futureRevision(world.future.length);
    // Known before it is there: the server may be killed over it, before or behind.
    world.future.push(stored);
    await store.write(async (unit) => {
      await saveArticle(unit, article);
      await saveRevision(unit, stored, author.id);
    });
  },
  async cloneProfile({ world, dice }: Scene) {
    const [first, second] = [world.clients[0], world.clients[5]];
    if (!first?.core || !second || dice.chance(0.5)) return;
    if (second.core) await second.close();
    await loseUnsent(world, second);
    const image = readImage(first.file);
    await second.open();
    second.kill(image);
    // A profile is a folder: its pictures come along.
    const [from, to] = [first, second].map(({ dir }) => join(dir, 'assets'));
    if (existsSync(from!)) cpSync(from!, to!, { recursive: true });
    await world.schedule.pass(0);
    second.token = first.token;
    await second.open();
  },
  async newComputer({ world, client, dice }: Scene) {
    await loseComputer(world, client, dice);
  },
  goodDay,
} as const;

export type Trouble = keyof typeof TROUBLES;

export const TROUBLE_WEIGHTS: Record<Trouble, number> = {
  goOffline: 10,
  goOnline: 12,
  cutLine: 4,
  pause: 2,
  quit: 3,
  signInAgain: 6,
  killClient: 4,
  killClientInWrite: 4,
  fullDisk: 2,
  brokenDisk: 2,
  repairDisk: 5,
  tornLog: 2,
  flippedPage: 0.4,
  setClock: 3,
  setServerClock: 2.5,
  sleep: 2,
  restartServer: 2,
  stopServer: 1,
  startServer: 4,
  killServer: 2,
  fullServerDisk: 1.5,
  repairServerDisk: 6,
  killServerInWrite: 3,
  backUpServer: 3,
  restoreServer: 2,
  emptyServer: 0.5,
  revoke: 2,
  revokeInBatch: 3,
  stolenToken: 2,
  changeRole: 3,
  demandUpdate: 1.5,
  newerStet: 1,
  cloneProfile: 3,
  newComputer: 1,
  goodDay: 12,
};

function withFlippedPage(main: Uint8Array, dice: Dice): Uint8Array {
  const flipped = Uint8Array.from(main);
  const leaves: number[] = [];
  for (let at = PAGE; at < main.length; at += PAGE)
    if ([0x0d, 0x05, 0x0a, 0x02].includes(main[at] ?? 0)) leaves.push(at);
  flipped.set(dice.bytes(PAGE), leaves.length > 0 ? dice.pick(leaves) : 0);
  return flipped;
}

/** Starts Stet as often as a person would who is told to restart it. */
export async function restartUntilSound({
  world,
  client,
}: Pick<Scene, 'world' | 'client'>): Promise<void> {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    try {
      await client.open();
    } catch {
      continue;
    }
    for (let turn = 0; turn < 60; turn += 1) await settled();
    if (client.core?.store.notices.every((notice) => !notice.includes('restart Stet'))) {
      client.injured = false;
      await admit(world, client);
      return;
    }
    client.kill();
    await world.schedule.pass(0);
  }
  world.broken(9, `Client ${client.index} cannot be opened after its disk was damaged.`);
}
