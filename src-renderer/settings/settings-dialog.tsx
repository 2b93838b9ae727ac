import './settings.css';
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import type { Settings, Status } from '#shared/contract';
import { queryClient, useAct, useCall } from '../queries.ts';
import { Button, Checkbox, Dialog, Select, tellError } from '../ui/index.ts';
import { closeDialog } from '../workspace/index.ts';

const THEMES = [
  { id: 'system', label: 'As the computer' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
];

/** What a person chooses on this computer. Every choice is kept at once. */
export function SettingsDialog({ status }: { status: Status }) {
  const { data: settings } = useCall('settings.get', {});
  const save = useAct('settings.set');
  const set = (change: Partial<Settings>): void =>
    save.mutate(change, {
      onSuccess: (saved) => queryClient.setQueryData(['settings.get', {}], saved),
      onError: tellError,
    });
  return (
    <Dialog title="Settings" onClose={closeDialog}>
      {settings && (
        <>
          <Select
            label="Theme"
            choices={THEMES}
            value={settings.theme}
            onChange={(theme) => set({ theme: theme as Settings['theme'] })}
          />
          <TextSize size={settings.textSize} onChange={(textSize) => set({ textSize })} />
          <Checkbox isSelected={settings.spellcheck} onChange={(spellcheck) => set({ spellcheck })}>
            Check spelling while writing
          </Checkbox>
        </>
      )}
      <BackUp />
      <section className="about">
        <h3 className="label">About</h3>
        <p>
          Stet, an offline-first editorial workstation. <i lang="la">Stet</i>: let it stand.
        </p>
        <p className="field-hint">
          {[status.newsroom?.name, status.serverUrl, `profile ${status.profile}`]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </section>
    </Dialog>
  );
}

function TextSize({ size, onChange }: { size: number; onChange: (size: number) => void }) {
  return (
    <Slider
      className="slider"
      minValue={80}
      maxValue={160}
      step={5}
      defaultValue={size}
      onChange={(value) => {
        document.documentElement.style.setProperty('--text-scale', String(value / 100));
      }}
      onChangeEnd={(value) => onChange(value)}
    >
      <Label className="field-label">Text size in the editing column</Label>
      <SliderOutput className="slider-output">
        {({ state }) => `${state.values[0] ?? size} %`}
      </SliderOutput>
      <SliderTrack className="slider-track">
        <SliderThumb className="slider-thumb" />
      </SliderTrack>
    </Slider>
  );
}

function BackUp() {
  const backup = useAct('store.backup');
  return (
    <section className="backup">
      <h3 className="label">Backup</h3>
      <p className="field-hint">Stet backs up by itself every night.</p>
      <Button isDisabled={backup.isPending} onPress={() => backup.mutate({})}>
        Back up now
      </Button>
      {backup.data && (
        <p role="status">
          Backed up to {backup.data.name} ({(backup.data.bytes / 1e6).toFixed(1)} MB).
        </p>
      )}
      {backup.error && (
        <p className="sentence" data-tone="red" role="alert">
          {backup.error.message}
        </p>
      )}
    </section>
  );
}
