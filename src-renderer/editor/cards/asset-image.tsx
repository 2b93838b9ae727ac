import { useEffect, useState, type ComponentProps, type ReactNode } from 'react';
import type { ImageInfo } from '#shared/article';
import { useBridge } from '../working-copy/provider.tsx';

interface Props extends Omit<ComponentProps<'img'>, 'src' | 'onError'> {
  asset: ImageInfo['asset'];
}

/** How long news is gathered before a picture that is not here is looked for again. */
const LOOK_MS = 1000;

/** A picture of the article; a sentence in its place until it is on this computer. */
export function AssetImage({ asset, ...attributes }: Props): ReactNode {
  const bridge = useBridge();
  const [isMissing, setMissing] = useState(false);
  const src = `/assets/${asset}`;

  useEffect(() => {
    if (!isMissing) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      timer = undefined;
      const image = new Image();
      image.onload = () => setMissing(false);
      image.src = src;
    };
    const stop = bridge.on('status', () => (timer ??= setTimeout(look, LOOK_MS)));
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [bridge, isMissing, src]);

  if (isMissing)
    return (
      <p className="stet-picture-missing">
        The picture is not on this computer yet. It comes with the next sync.
      </p>
    );
  return <img {...attributes} src={src} onError={() => setMissing(true)} />;
}
