import {
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import {
  Autocomplete,
  Collection,
  Header as SectionHeader,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Dialog as AriaDialog,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import type { Status } from '#shared/contract';
import { STATES } from '#shared/workflow';
import { EDITOR_COMMANDS } from '../editor/index.ts';
import { useCall } from '../queries.ts';
import { formatShort } from '../ui/index.ts';
import { closeDialog, desk, enterArticle, goToList, useWindow } from '../workspace/index.ts';
import { runCommand, useCommands } from './commands.ts';
import { displayKeys } from './keys.ts';

interface Entry {
  id: string;
  label: string;
  detail: string;
  run: (typed: string) => void;
  /** It takes what is typed from here on, and at once. */
  takesTyping?: boolean;
}

interface Group {
  id: string;
  label: string;
  entries: Entry[];
}

const FOUND = 8;

/** Reaches every command, article and person by typing. */
export function Palette({ status }: { status: Status }) {
  const [text, setText] = useState('');
  /** What Enter followed before what it finds was there; what is typed on is meant for what it leads to. */
  const [entered, setEntered] = useState<string | null>(null);
  const hasMoved = useRef(false);
  const typed = (entered ?? text).trim();
  // What is searched comes a moment later.
  const query = useDeferredValue(typed);
  const articles = useFoundArticles(query);
  const people = useFoundPeople(typed);
  const groups = [...articles.groups, ...people.groups, ...useFoundCommands(typed, status)].filter(
    ({ entries }) => entries.length > 0,
  );
  const isCurrent = query === typed && !articles.isComing && !people.isComing;
  const choose = (id: string): void => {
    const entry = groups.flatMap(({ entries }) => entries).find((each) => each.id === id);
    const behind = entered === null ? '' : text.slice(entered.length);
    if (entry?.takesTyping) entry.run(behind);
    closeDialog();
    // The dialog gives the focus back first; what the entry focuses comes after.
    if (entry && !entry.takesTyping) setTimeout(() => entry.run(behind));
  };
  // They find nothing: what was typed on goes with them.
  if (entered !== null && isCurrent && groups.length === 0) setEntered(null);
  const chooseFirst = (): void => {
    const first = groups[0]?.entries[0];
    if (first) choose(first.id);
  };
  const chooseLate = useEffectEvent((): void => {
    if (entered !== null) chooseFirst();
  });
  useEffect(() => {
    if (isCurrent) chooseLate();
  }, [entered, isCurrent]);
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (/^(Arrow(Up|Down)|Home|End|Page.*)$/.test(event.key)) hasMoved.current = true;
    // Escape leaves at once; the field would only empty itself.
    if (event.key === 'Escape') closeDialog();
    // Enter takes the first that fits the words as they stand, however soon it follows them: never one listed a letter before.
    else if (event.key === 'Enter' && typed && !hasMoved.current) {
      if (isCurrent) chooseFirst();
      else setEntered(entered ?? text);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const type = (next: string): void => {
    hasMoved.current = false;
    if (entered !== null && !next.startsWith(entered)) setEntered(null);
    setText(next);
  };
  return (
    <ModalOverlay className="shade" isOpen isDismissable onOpenChange={closeDialog}>
      <Modal className="modal palette">
        <AriaDialog className="dialog" aria-label="Search and commands">
          <div className="palette-box" onKeyDownCapture={press}>
            <Autocomplete inputValue={text} onInputChange={type} disableAutoFocusFirst={false}>
              <SearchField aria-label="Search articles, people and commands" autoFocus>
                <Input
                  className="palette-input"
                  dir="auto"
                  placeholder="Search articles, people, commands"
                  maxLength={500}
                />
              </SearchField>
              <div className="palette-list" role="group" aria-label="Found" tabIndex={0}>
                <ListBox
                  aria-label="Found"
                  items={groups}
                  onAction={(key) => choose(String(key))}
                  renderEmptyState={() => (
                    <p className="palette-empty">
                      Nothing has these words. Try fewer, or another spelling.
                    </p>
                  )}
                >
                  {(group) => (
                    <ListBoxSection>
                      <SectionHeader className="label palette-group">{group.label}</SectionHeader>
                      <Collection items={group.entries}>
                        {(entry) => (
                          <ListBoxItem className="option" textValue={entry.label}>
                            <span dir="auto" className="palette-label">
                              {entry.label}
                            </span>
                            <span className="aside">{entry.detail}</span>
                          </ListBoxItem>
                        )}
                      </Collection>
                    </ListBoxSection>
                  )}
                </ListBox>
              </div>
            </Autocomplete>
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function useFoundCommands(query: string, status: Status): Group[] {
  const open = useWindow((state) => state.open);
  const commands: Entry[] = useCommands(status)
    .filter(({ id }) => id !== 'palette.open')
    .map(({ id, label, menu, keys }) => ({
      id,
      label,
      detail: keys || menu,
      run: (typed) => runCommand(id, status, typed),
      takesTyping: id === 'article.new',
    }));
  const writing: Entry[] = (open && !open.readOnly ? EDITOR_COMMANDS : []).map(
    ({ id, label, keys }) => ({
      id,
      label,
      detail: displayKeys(keys),
      run: () => desk.editor?.run(id),
    }),
  );
  const fits = ({ label }: Entry): boolean => isWithin(query, label);
  return [
    { id: 'commands', label: 'Commands', entries: commands.filter(fits) },
    { id: 'writing', label: 'Writing', entries: query ? writing.filter(fits) : [] },
  ];
}

/** What there is so far, and whether more is on its way. */
interface Found {
  groups: Group[];
  isComing: boolean;
}

function useFoundArticles(query: string): Found {
  const enabled = query.length > 1;
  const { data, error, isPending, isFormer } = useCall(
    'articles.search',
    { text: query, offset: 0, limit: FOUND },
    { enabled, keep: true },
  );
  const isComing = enabled && !error && (isPending || isFormer);
  if (!enabled || !data) return { groups: [], isComing };
  const entries: Entry[] = data.rows.map(({ id, headline, slugline, state, updatedAt }) => ({
    id,
    label: headline || slugline || 'Untitled',
    detail: `${STATES[state].label} · ${formatShort(updatedAt)}`,
    run: () => enterArticle(id),
  }));
  if (data.total > entries.length)
    entries.push({
      id: 'all',
      label: `All ${data.total} articles with “${query}”`,
      detail: 'in the list',
      run: () => goToList({ kind: 'search', text: query }),
    });
  return { groups: [{ id: 'articles', label: 'Articles', entries }], isComing };
}

function useFoundPeople(query: string): Found {
  const enabled = query.length > 1;
  const { data, isPending } = useCall('people.list', {}, { enabled });
  if (!enabled || !data) return { groups: [], isComing: enabled && isPending };
  const entries = data.people
    .filter(({ name }) => isWithin(query, name))
    .slice(0, FOUND)
    .map(({ id, name, affiliation }) => ({
      id,
      label: name,
      detail: affiliation || 'articles',
      run: () => goToList({ kind: 'search', text: name }),
    }));
  return { groups: [{ id: 'people', label: 'People', entries }], isComing: false };
}

/** Whether every word typed begins a word of the label. */
function isWithin(query: string, label: string): boolean {
  const words = label.toLocaleLowerCase().split(/[\s,.…]+/);
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}
