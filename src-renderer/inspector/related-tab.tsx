import { useDeferredValue, useState } from 'react';
import { newLocalId, safeWebUrl, type RelatedArticle } from '#shared/article';
import type { RelatedSuggestion } from '#shared/contract';
import { useWorkingCopy } from '../editor/index.ts';
import { reread, useAct, useCall } from '../queries.ts';
import { Button, Empty, formatDay, tell, TextField } from '../ui/index.ts';
import { openArticle } from '../workspace/index.ts';

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** Finds related articles in the archive on this computer, or takes the address of a page elsewhere. */
export function RelatedTab() {
  const { article } = useWorkingCopy();
  const [text, setText] = useState('');
  const query = useDeferredValue(text.trim());
  const address = safeWebUrl(query);
  const isSearching = query.length > 0 && !address;
  const suggested = useCall('related.suggest', { article: article.id });
  const searched = useCall(
    'related.search',
    { article: article.id, text: query },
    { enabled: isSearching, keep: true },
  );
  const { data, error } = isSearching ? searched : suggested;
  return (
    <div className="related">
      <TextField
        label="Search the archive, or paste an address"
        quiet
        placeholder="Search the archive, or paste an address…"
        maxLength={500}
        value={text}
        onChange={setText}
      />
      {address && <FromAddress url={address} onDone={() => setText('')} />}
      <h3 className="label related-head">
        {isSearching ? 'Found in your archive' : 'Suggested from your archive'}
        {data && <span className="aside">{Math.max(1, Math.round(data.milliseconds))} ms</span>}
        {!isSearching && (
          <Button
            small
            variant="plain"
            aria-label="Look again"
            hint="Look again, with what is written by now"
            onPress={() => reread('related.suggest')}
          >
            ↻
          </Button>
        )}
      </h3>
      {error && (
        <p className="sentence" data-tone="red" role="alert">
          {error.message}
        </p>
      )}
      {data?.found.length === 0 && (
        <Empty title={isSearching ? 'Nothing has these words' : 'Nothing to suggest yet'}>
          <p>
            {isSearching
              ? 'Try fewer words, or paste the address of a page.'
              : 'Nothing in your archive is close to what is written. Write on and look again, or search above.'}
          </p>
        </Empty>
      )}
      {data?.found.map((suggestion) => (
        <Suggestion
          key={suggestion.related.article ?? suggestion.related.id}
          suggestion={suggestion}
        />
      ))}
    </div>
  );
}

function Suggestion({ suggestion: { related, why } }: { suggestion: RelatedSuggestion }) {
  const { article, fields } = useWorkingCopy();
  const add = useAddRelated();
  const isAdded = fields.related.some((each) => isSame(each, related));
  const { article: target } = related;
  const from = [
    related.postedOn && formatDay(related.postedOn),
    related.desk || related.publication,
  ];
  return (
    <article className="card suggestion" aria-label={related.title}>
      <p className="who">
        <span>{from.filter(Boolean).join(' · ')}</span>
        <span className="aside">{why}</span>
      </p>
      <h4 dir="auto">{related.title}</h4>
      <div className="actions">
        <Button
          small
          isDisabled={isAdded || article.readOnly !== null}
          onPress={() => add(related)}
        >
          {isAdded ? 'Added' : 'Add'}
        </Button>
        {target && (
          <Button small onPress={() => openArticle(target)}>
            Open
          </Button>
        )}
      </div>
    </article>
  );
}

/** Adds a related article at the end of the list; its id is new, because the list may hold it twice by merging. */
function useAddRelated(): (related: RelatedArticle) => void {
  const { changeField } = useWorkingCopy();
  return (related) =>
    changeField('related', (now) => [...now, { ...related, id: newLocalId(random) }]);
}

function isSame(one: RelatedArticle, other: RelatedArticle): boolean {
  if (one.article && other.article) return one.article === other.article;
  return one.url !== '' && one.url === other.url;
}

function FromAddress({ url, onDone }: { url: string; onDone: () => void }) {
  const { article } = useWorkingCopy();
  const add = useAddRelated();
  const read = useAct('related.fromUrl');
  const take = (): void =>
    read.mutate(
      { url },
      {
        onSuccess: ({ related, fetched, message }) => {
          add(related);
          if (!fetched) tell({ tone: 'info', text: message });
          onDone();
        },
      },
    );
  return (
    <div className="card from-address">
      <p dir="ltr">{url}</p>
      {read.error && (
        <p className="sentence" data-tone="red" role="alert">
          {read.error.message}
        </p>
      )}
      <Button small isDisabled={read.isPending || article.readOnly !== null} onPress={take}>
        {read.isPending ? 'Reading the page…' : 'Add this page'}
      </Button>
    </div>
  );
}
