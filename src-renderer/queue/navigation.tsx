import './navigation.css';
import type { KeyboardEvent, ReactNode } from 'react';
import { Button as AriaButton, TooltipTrigger } from 'react-aria-components';
import { CHANNEL_LABELS, ChannelKind, type Desk } from '#shared/api';
import type { Output, Status } from '#shared/contract';
import type { WorkflowState } from '#shared/workflow';
import { useCall } from '../queries.ts';
import { Dot, formatNumber, Hint, type Tone } from '../ui/index.ts';
import { pathOf, showDialog, showList, useRoute, type Place } from '../workspace/index.ts';
import { queueName } from './queue-names.ts';

const DESK_STATES: readonly [WorkflowState, Tone][] = [
  ['in-review', 'amber'],
  ['approved', 'blue'],
  ['scheduled', 'blue'],
  ['published', 'green'],
  ['withdrawn', 'neutral'],
];

const SYNC_TONES: Record<Status['sync']['state'], Tone | 'hollow'> = {
  online: 'green',
  syncing: 'green',
  offline: 'hollow',
  paused: 'amber',
  'signed-out': 'red',
};

const SYNC_WORDS: Record<Status['sync']['state'], string> = {
  online: '',
  syncing: '',
  offline: 'offline',
  paused: 'paused',
  'signed-out': 'sign in',
};

type Counts = Output<'queues.counts'>;

/** The queues a person works from, with how much waits in each. */
export function Navigation({ status }: { status: Status }) {
  const { data: counts } = useCall('queues.counts', {}, { keep: true });
  const { data: people } = useCall('people.list', {}, { keep: true });
  const { sync } = status;
  return (
    <nav className="navigation" data-column="navigation" aria-label="Queues" onKeyDown={moveFocus}>
      <Group title="My work">
        <QueueLink queue={{ kind: 'mine', state: 'draft' }} tone="neutral" counts={counts} />
        <QueueLink queue={{ kind: 'mine', state: 'sent-back' }} tone="red" counts={counts} />
      </Group>
      {desksOf(status, people?.desks ?? []).map(({ id, name }) => (
        <Group key={id} title={name}>
          {DESK_STATES.map(([state, tone]) => (
            <QueueLink
              key={state}
              queue={{ kind: 'desk', desk: id, state }}
              tone={tone}
              counts={counts}
            />
          ))}
          <PlaceLink
            place={{ kind: 'inbox', desk: id }}
            dot={<Dot tone="neutral" />}
            count={counts?.inbox.find(({ desk }) => desk === id)?.open}
          >
            Inbox
          </PlaceLink>
        </Group>
      ))}
      <Group title="Library">
        <QueueLink queue={{ kind: 'archive' }} counts={counts} />
        <PlaceLink place={{ kind: 'people' }} count={counts?.people}>
          People & desks
        </PlaceLink>
        <QueueLink queue={{ kind: 'bin' }} counts={counts} />
      </Group>
      <Group title="Servers">
        <li>
          <AriaButton className="nav-link" onPress={() => showDialog({ kind: 'server' })}>
            <Dot tone={SYNC_TONES[sync.state]} />
            {SYNC_WORDS[sync.state] ? 'Newsroom' : 'Newsroom server'}
            {SYNC_WORDS[sync.state] && <span className="count">{SYNC_WORDS[sync.state]}</span>}
          </AriaButton>
        </li>
        <Channels />
      </Group>
    </nav>
  );
}

/** The desks a person belongs to, the one where their articles are filed first; an admin without one sees them all. */
function desksOf({ person }: Status, desks: readonly Desk[]): Desk[] {
  const memberships = person?.memberships ?? [];
  const own = memberships.flatMap(({ desk }) => desks.find(({ id }) => id === desk) ?? []);
  return own.length === 0 && person?.admin ? [...desks] : own;
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="nav-title">{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

interface QueueLinkProps {
  queue: Extract<Place, { kind: 'queue' }>['queue'];
  tone?: Tone;
  counts: Counts | undefined;
}

function QueueLink({ queue, tone, counts }: QueueLinkProps) {
  const place: Place = { kind: 'queue', queue };
  const key = pathOf(place);
  const count = counts?.counts.find(
    (each) => pathOf({ kind: 'queue', queue: each.queue }) === key,
  )?.count;
  return (
    <PlaceLink place={place} dot={tone && <Dot tone={tone} />} count={count}>
      {queueName(queue)}
    </PlaceLink>
  );
}

interface PlaceLinkProps {
  place: Place;
  dot?: ReactNode;
  count?: number | undefined;
  children: ReactNode;
}

function PlaceLink({ place, dot, count, children }: PlaceLinkProps) {
  const route = useRoute();
  const isHere = pathOf(route.place) === pathOf(place);
  const query = route.article ? `?article=${route.article}` : '';
  return (
    <li>
      <a
        className="nav-link"
        href={`#/${pathOf(place)}${query}`}
        onClick={showList}
        {...(isHere ? { 'aria-current': 'page' as const, 'data-entry': true } : {})}
      >
        {dot}
        {children}
        {count !== undefined && count > 0 && <span className="count">{formatNumber(count)}</span>}
      </a>
    </li>
  );
}

/** The CMSs that the newsroom's server brings articles to; of a kind that none is connected of, how one is. */
function Channels() {
  const { data } = useCall('channels.list', {}, { keep: true });
  const channels = data?.channels ?? [];
  const absent = ChannelKind.options.filter((kind) => !channels.some((one) => one.kind === kind));
  return (
    <>
      {channels.map(({ id, kind, name, address, problem }) => (
        <ServerLine
          key={id}
          name={name}
          tone={problem === '' ? 'green' : 'amber'}
          word={problem === '' ? '' : 'waiting'}
          hint={
            problem === ''
              ? `${CHANNEL_LABELS[kind]} at ${address}. What is published goes there too.`
              : problem
          }
        />
      ))}
      {absent.map((kind) => (
        <ServerLine
          key={kind}
          name={CHANNEL_LABELS[kind]}
          tone="neutral"
          word="off"
          hint={
            data
              ? `No ${CHANNEL_LABELS[kind]} is connected. Your newsroom admin connects one on the publishing server: channel add ${kind} ADDRESS.`
              : `Whether ${CHANNEL_LABELS[kind]} is connected is known when the server can be reached.`
          }
        />
      ))}
    </>
  );
}

interface ServerLineProps {
  name: string;
  tone: Tone;
  word: string;
  hint: string;
}

/** A server of which there is nothing to set here; what there is to know is there for whoever asks. */
function ServerLine({ name, tone, word, hint }: ServerLineProps) {
  return (
    <li>
      <TooltipTrigger delay={300}>
        <AriaButton className="nav-link" aria-disabled>
          <Dot tone={tone} />
          {name}
          {word !== '' && <span className="count">{word}</span>}
        </AriaButton>
        <Hint>{hint}</Hint>
      </TooltipTrigger>
    </li>
  );
}

/** Arrow keys move through the queues, Home and End to the first and last. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.nav-link')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const targets: Record<string, number> = {
    ArrowDown: Math.min(at + 1, links.length - 1),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: links.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined || at < 0) return;
  event.preventDefault();
  links[target]?.focus();
}
