import type { ReactNode } from 'react';
import { tellError } from '../../ui/index.ts';
import { addImage, chooseImages } from '../body/add-image.ts';
import { ImageFigure } from '../cards/image-figure.tsx';
import { useBridge, useWorkingCopy } from '../working-copy/provider.tsx';

/** The picture above the text. */
export function LeadImageField({ readOnly }: { readOnly: boolean }): ReactNode {
  const { fields, setField } = useWorkingCopy();
  const bridge = useBridge();
  const choose = async (files?: File[]): Promise<void> => {
    try {
      const [file] = files ?? (await chooseImages(false));
      if (file) setField('leadImage', await addImage(bridge, file));
    } catch (error) {
      tellError(error instanceof Error ? error : new Error('The picture could not be added.'));
    }
  };
  if (!fields.leadImage)
    return readOnly ? null : (
      <div
        className="stet-lead-image"
        data-field="leadImage"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void choose(
            [...event.dataTransfer.files].filter((file) => file.type.startsWith('image/')),
          );
        }}
      >
        <button type="button" className="stet-quiet" onClick={() => void choose()}>
          <bdi>+ lead image</bdi>
        </button>
      </div>
    );
  return (
    <div className="stet-lead-image" data-field="leadImage">
      <ImageFigure
        key={fields.leadImage.asset}
        info={fields.leadImage}
        readOnly={readOnly}
        onChange={(info) => setField('leadImage', info)}
      >
        <button type="button" onClick={() => void choose()}>
          Replace
        </button>
        <button type="button" onClick={() => setField('leadImage', null)}>
          Remove
        </button>
      </ImageFigure>
    </div>
  );
}
