import { TUS_VERSION, UPLOAD_TYPE } from '#shared/api';
import { sha256Hex } from '#shared/article';
import type { Dice } from '../world/dice.ts';
import { handOf, type Hand } from '../world/hand.ts';
import { PEOPLE } from '../world/newsroom.ts';
import type { WireResponse } from '../world/server.ts';
import type { World } from '../world/world.ts';
import { pictureBytes } from './pictures.ts';

const LENGTH = 40;
const HALF = 20;
const TUS = { 'tus-resumable': TUS_VERSION };

const isDone = ({ status }: WireResponse): boolean => status < 300;

/** A picture on its way, in parts, as the protocol has it. */
interface Parts {
  begin(): Promise<WireResponse>;
  send(by: Hand, offset: number, bytes: Uint8Array): Promise<WireResponse>;
  /** How much of it the server says that it has. */
  arrived(): Promise<number>;
}

function partsOf(hand: Hand, hash: string): Parts {
  let place = '';
  return {
    async begin() {
      const metadata = `sha256 ${Buffer.from(hash).toString('base64')}`;
      const about = { ...TUS, 'upload-length': String(LENGTH), 'upload-metadata': metadata };
      const answer = await hand.ask('POST', '/v1/uploads', null, about);
      place = answer.headers.location ?? place;
      return answer;
    },
    send: (by, offset, bytes) =>
      by.ask('PATCH', place, bytes, {
        ...TUS,
        'content-type': UPLOAD_TYPE,
        'upload-offset': String(offset),
      }),
    async arrived() {
      const { headers } = await hand.ask('HEAD', place, null, TUS);
      return Number(headers['upload-offset'] ?? -1);
    },
  };
}

/**
 * Pictures sent by hand: under the name of another, from where the server does not stand, to an upload of somebody else, with
 * a wrong end; and at last as it is, so that everybody has it from there.
 */
export async function sendByHand(world: World, dice: Dice): Promise<void> {
  const [mine, theirs] = [
    await handOf(world, PEOPLE[0]!, dice),
    await handOf(world, PEOPLE[2]!, dice),
  ];
  const bytes = pictureBytes(dice, LENGTH);
  const other = pictureBytes(dice, LENGTH);
  const hash = sha256Hex(bytes);
  const [first, rest] = [bytes.subarray(0, HALF), bytes.subarray(HALF)];
  const wrong = rest.map((byte) => byte ^ 1);
  const address = `/v1/assets/${hash}`;
  const holds = (is: boolean, what: string): void => {
    if (!is) world.broken(2, `Of picture ${hash}, sent by hand: ${what}`);
  };
  const stands = async (length: number, what: string): Promise<void> => {
    const arrived = await parts.arrived();
    holds(arrived === length, `${arrived} bytes have arrived ${what}.`);
  };
  const lacks = async (what: string): Promise<void> =>
    holds(!isDone(await theirs.ask('HEAD', address)), `the server says it has it ${what}.`);
  const parts = partsOf(mine, hash);

  holds(!isDone(await mine.ask('PUT', address, other)), 'the bytes of another were taken.');
  await lacks('after the bytes of another');
  holds(isDone(await parts.begin()), 'it cannot be begun.');
  holds(!isDone(await parts.send(mine, HALF, rest)), 'its end was taken before its beginning.');
  holds(!isDone(await parts.send(theirs, 0, first)), 'somebody else went on with it.');
  await stands(0, 'before it was sent');
  holds(isDone(await parts.send(mine, 0, first)), 'its beginning was not taken.');
  await parts.begin();
  await stands(HALF, 'with its beginning');
  const again = first.subarray(0, 1);
  holds(!isDone(await parts.send(mine, 0, again)), 'its beginning was taken twice.');
  holds(!isDone(await parts.send(mine, HALF, wrong)), 'a wrong end was taken.');
  await lacks('with a wrong end');
  holds(isDone(await parts.begin()), 'it cannot be begun anew.');
  await stands(0, 'when it was begun anew');
  await parts.send(mine, 0, first);
  await lacks('with its beginning alone');
  holds(isDone(await parts.send(mine, HALF, rest)), 'its end was not taken.');
  const { body } = await theirs.ask('GET', address);
  const isIt = body instanceof Uint8Array && Buffer.compare(body, bytes) === 0;
  holds(isIt, 'others do not get it.');
  holds(!isDone(await parts.begin()), 'it can be begun although it is there.');
}
