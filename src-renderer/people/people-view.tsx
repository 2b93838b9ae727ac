import './people.css';
import { useState } from 'react';
import type { Desk, Person } from '#shared/api';
import type { Status } from '#shared/contract';
import { can, ROLE_LABELS } from '#shared/workflow';
import { useCall } from '../queries.ts';
import { Avatar, Button, Chip, Empty, TextField } from '../ui/index.ts';
import { goToList } from '../workspace/index.ts';
import { DeskDialog } from './desk-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';

type Open = { kind: 'invite' } | { kind: 'desk'; desk: Desk } | null;

/** Everyone who is credited or signs in, and the desks that own the work. */
export function PeopleView({ status }: { status: Status }) {
  const { data, error } = useCall('people.list', {});
  const [open, setOpen] = useState<Open>(null);
  const [filter, setFilter] = useState('');
  const me = status.person;
  if (error)
    return (
      <div className="page">
        <p className="sentence" data-tone="red" role="alert">
          {error.message}
        </p>
      </div>
    );
  const desks = data?.desks ?? [];
  const wanted = filter.trim().toLocaleLowerCase();
  const people = (data?.people ?? []).filter(({ name, affiliation }) =>
    `${name} ${affiliation}`.toLocaleLowerCase().includes(wanted),
  );
  return (
    <div className="page people">
      <header className="page-head">
        <h2>People & desks</h2>
        {me && can(me, 'person.invite') && (
          <Button variant="primary" onPress={() => setOpen({ kind: 'invite' })}>
            Invite a person
          </Button>
        )}
      </header>
      <section aria-labelledby="desks">
        <h3 className="label" id="desks">
          Desks
        </h3>
        <ul className="desks">
          {desks.map((desk) => (
            <DeskCard
              key={desk.id}
              desk={desk}
              members={(data?.people ?? []).filter(({ memberships }) =>
                memberships.some((membership) => membership.desk === desk.id),
              )}
              mayEdit={me !== null && can(me, 'desk.configure', { desk: desk.id })}
              onEdit={() => setOpen({ kind: 'desk', desk })}
            />
          ))}
        </ul>
      </section>
      <section aria-labelledby="people">
        <h3 className="label" id="people">
          People <span className="aside">{people.length}</span>
        </h3>
        <TextField
          label="Find a name"
          quiet
          placeholder="Find a name…"
          value={filter}
          onChange={setFilter}
        />
        {data && people.length === 0 && <Empty title="Nobody has this name" />}
        <ul className="people-list">
          {people.map((person) => (
            <PersonLine key={person.id} person={person} desks={desks} />
          ))}
        </ul>
      </section>
      {open?.kind === 'invite' && <InviteDialog desks={desks} onClose={() => setOpen(null)} />}
      {open?.kind === 'desk' && (
        <DeskDialog
          desk={open.desk}
          sections={data?.newsroom.sections ?? []}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

interface DeskCardProps {
  desk: Desk;
  members: readonly Person[];
  mayEdit: boolean;
  onEdit: () => void;
}

function DeskCard({ desk, members, mayEdit, onEdit }: DeskCardProps) {
  const { profile } = desk;
  return (
    <li className="card">
      <h4 dir="auto">{desk.name}</h4>
      <p className="field-hint">
        {members.length === 0 ? 'Nobody yet' : members.map(({ name }) => name).join(', ')}
      </p>
      <p className="field-hint">
        Headline at most {profile.headlineLimit} · {profile.required.length} required fields
      </p>
      {mayEdit && (
        <Button small onPress={onEdit}>
          Edit the desk’s profile
        </Button>
      )}
    </li>
  );
}

function PersonLine({ person, desks }: { person: Person; desks: readonly Desk[] }) {
  return (
    <li className="person">
      <Avatar name={person.name} />
      <div className="person-words">
        <p dir="auto">{person.name}</p>
        <p className="field-hint" dir="auto">
          {[person.affiliation, person.login].filter(Boolean).join(' · ') || 'credited only'}
        </p>
      </div>
      <div className="actions">
        {person.memberships.map(({ desk, role }) => (
          <Chip key={desk} tone={role === 'desk-chief' ? 'blue' : 'neutral'}>
            {desks.find(({ id }) => id === desk)?.name ?? 'Desk'} · {ROLE_LABELS[role]}
          </Chip>
        ))}
        {person.admin && <Chip tone="green">{ROLE_LABELS.admin}</Chip>}
        {!person.active && <Chip tone="red">not active</Chip>}
        <Button
          small
          variant="plain"
          onPress={() => goToList({ kind: 'search', text: person.name })}
        >
          Articles
        </Button>
      </div>
    </li>
  );
}
