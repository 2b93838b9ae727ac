import { useState, type ReactNode } from 'react';
import type { ImageInfo } from '#shared/article';
import { AssetImage } from './asset-image.tsx';
import { GrowingText } from './growing-text.tsx';

interface Props {
  info: ImageInfo;
  readOnly: boolean;
  onChange: (info: ImageInfo) => void;
  /** Further buttons, such as "Remove". */
  children?: ReactNode;
}

/** A picture with its caption, credit and alternative text, edited where they print; a click sets the focal point. */
export function ImageFigure({ info, readOnly, onChange, children }: Props): ReactNode {
  const [focusing, setFocusing] = useState(false);
  const focal = info.focal ?? { x: 0.5, y: 0.5 };
  const percent = (fraction: number) => `${Math.round(fraction * 1000) / 10}%`;
  const move = (x: number, y: number): void => {
    const within = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
    onChange({ ...info, focal: { x: within(x), y: within(y) } });
  };

  return (
    <figure className="stet-figure">
      <div className="stet-picture" style={{ aspectRatio: `${info.width} / ${info.height}` }}>
        <AssetImage
          key={info.asset}
          asset={info.asset}
          alt={info.alt}
          width={info.width}
          height={info.height}
          style={{ objectPosition: `${percent(focal.x)} ${percent(focal.y)}` }}
          draggable={false}
        />
        {focusing && (
          <button
            type="button"
            className="stet-focal"
            aria-label="Focal point. Click where the eye should rest, or use the arrow keys."
            aria-keyshortcuts="ArrowUp ArrowDown ArrowLeft ArrowRight"
            onClick={(event) => {
              if (event.detail === 0) return;
              const box = event.currentTarget.getBoundingClientRect();
              move((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
            }}
            onKeyDown={(event) => {
              const step = {
                ArrowLeft: [-0.05, 0],
                ArrowRight: [0.05, 0],
                ArrowUp: [0, -0.05],
                ArrowDown: [0, 0.05],
              }[event.key];
              if (!step) return;
              event.preventDefault();
              move(focal.x + (step[0] ?? 0), focal.y + (step[1] ?? 0));
            }}
          >
            <span
              className="stet-focal-dot"
              style={{ left: percent(focal.x), top: percent(focal.y) }}
            />
          </button>
        )}
      </div>
      <figcaption className="stet-caption">
        <GrowingText
          label="Caption"
          placeholder="Caption"
          value={info.caption}
          maxLength={2000}
          readOnly={readOnly}
          onChange={(caption) => onChange({ ...info, caption })}
        />
        <GrowingText
          label="Picture credit"
          className="stet-credit"
          placeholder="Credit"
          value={info.credit}
          maxLength={300}
          readOnly={readOnly}
          onChange={(credit) => onChange({ ...info, credit })}
        />
        <div className="stet-figure-tools">
          <span aria-hidden>Alt</span>
          <GrowingText
            label="Alternative text"
            placeholder="What the picture shows, for those who cannot see it"
            value={info.alt}
            maxLength={1000}
            readOnly={readOnly}
            onChange={(alt) => onChange({ ...info, alt })}
          />
          {!readOnly && (
            <button type="button" aria-pressed={focusing} onClick={() => setFocusing(!focusing)}>
              Focal point
            </button>
          )}
          {!readOnly && children}
        </div>
      </figcaption>
    </figure>
  );
}
