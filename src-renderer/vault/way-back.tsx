import type { VaultItem } from '#shared/contract';
import { reread, useAct } from '../queries.ts';
import { Button, tell, tellError } from '../ui/index.ts';
import { closeDialog, desk, openArticle } from '../workspace/index.ts';
import { titleOf } from './title.ts';

interface Props {
  item: VaultItem;
  small?: boolean;
}

/** Brings it back to where it can go now; once that is done, opens the article it went to. */
export function WayBack({ item, small = false }: Props) {
  const bringBack = useAct('vault.bringBack');
  const { id, way, broughtBack } = item;
  const name = titleOf(item);
  const open = (article: string): void => {
    closeDialog();
    openArticle(article);
  };
  if (broughtBack)
    return (
      <Button small={small} aria-label={`Open ${name}`} onPress={() => open(broughtBack.article)}>
        Open
      </Button>
    );
  const bring = async (): Promise<void> => {
    await desk.copy?.flush();
    const { article, isNew } = await bringBack.mutateAsync({ id });
    reread('vault.list', 'vault.read');
    open(article);
    tell({
      tone: 'info',
      text: isNew
        ? `“${name}” is a new article of yours. The vault keeps its copy until you discard it.`
        : `“${name}” has what you wrote. The vault keeps its copy until you discard it.`,
    });
  };
  return (
    <Button
      {...(small ? { small } : { variant: 'primary' })}
      aria-label={`Bring back ${name}`}
      hint={way.why}
      blocked={way.to === 'nowhere' || bringBack.isPending}
      onPress={() => void bring().catch(tellError)}
    >
      Bring back
    </Button>
  );
}
