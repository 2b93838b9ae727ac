import { openNewsroom, type TestNewsroom } from './newsroom.ts';
import { openStation, type Station, type StationOptions } from './station.ts';

interface TwoStations {
  newsroom: TestNewsroom;
  /** A copy editor’s. */
  rim: Station;
  /** A desk chief’s. */
  slot: Station;
}

/** A newsroom and the computers of two who work on its desk, signed in and on the network. */
export async function openTwoStations(
  slots: Pick<StationOptions, 'timers'> = {},
): Promise<TwoStations> {
  const newsroom = await openNewsroom();
  const on = { url: newsroom.url, desk: newsroom.desk.id };
  const rim = await openStation({ ...on, login: 'rim' });
  const slot = await openStation({ ...on, login: 'slot', ...slots });
  return { newsroom, rim, slot };
}

/** Takes down what a test leaves behind, the server last. */
export async function removeTwoStations({ newsroom, rim, slot }: TwoStations): Promise<void> {
  await rim.remove();
  await slot.remove();
  await newsroom.remove();
}
