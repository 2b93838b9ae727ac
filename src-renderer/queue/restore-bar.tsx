import type { ArticleRow } from '#shared/contract';
import { asKnown, useAct } from '../queries.ts';
import { Button, tell, tellError } from '../ui/index.ts';

/** Takes the chosen article out of the bin, or says who may. */
export function RestoreBar({ row }: { row: ArticleRow | undefined }) {
  const bin = useAct('article.bin');
  if (!row) return null;
  const name = row.headline || row.slugline || 'Untitled';
  const restore = (): void =>
    bin.mutate(
      { article: row.id, binned: false },
      {
        onSuccess: () => tell({ tone: 'info', text: asKnown(`“${name}” is out of the bin.`) }),
        onError: tellError,
      },
    );
  return (
    <div className="list-foot">
      {row.mayRestore ? (
        <>
          <span dir="auto">{name}</span>
          <Button small isDisabled={bin.isPending} onPress={restore}>
            Restore
          </Button>
        </>
      ) : (
        <p>Who started it, or a desk chief, can take it out.</p>
      )}
    </div>
  );
}
