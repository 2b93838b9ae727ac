import type { ReactNode } from 'react';
import {
  Button,
  CheckboxButton,
  CheckboxField,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps,
} from 'react-aria-components';

interface TextProps extends Omit<TextFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  /** What stands at the end of the label: "42 of 60". */
  aside?: string | undefined;
  /** Whether the aside is a warning. */
  over?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  multiline?: boolean;
  /** The label is only spoken; the placeholder says what the field is for. */
  quiet?: boolean;
  placeholder?: string;
  rows?: number;
}

/** A labelled line or box of text. What people write may run either way, so the text decides its direction. */
export function TextField({
  label,
  aside,
  over = false,
  hint,
  error,
  multiline = false,
  quiet = false,
  placeholder,
  rows = 2,
  ...rest
}: TextProps) {
  const shared = { className: 'input', dir: 'auto', ...(placeholder ? { placeholder } : {}) };
  return (
    // As the browser’s own validity, an error that an answer brought would bar the form from being sent again.
    <AriaTextField {...rest} className="field" isInvalid={Boolean(error)} validationBehavior="aria">
      <Label className={quiet ? 'visually-hidden' : 'field-label'}>
        {label}
        {aside && (
          <span className="aside" {...(over ? { 'data-over': true } : {})}>
            {aside}
          </span>
        )}
      </Label>
      {multiline ? <TextArea {...shared} rows={rows} /> : <Input {...shared} />}
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}

export interface Choice {
  id: string;
  label: string;
  detail?: string;
}

interface SelectProps {
  label: string;
  choices: readonly Choice[];
  value: string;
  onChange: (id: string) => void;
  isDisabled?: boolean;
  hint?: ReactNode;
}

/** One of a few. */
export function Select({ label, choices, value, onChange, isDisabled = false, hint }: SelectProps) {
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => onChange(String(key))}
      isDisabled={isDisabled}
    >
      <Label className="field-label">{label}</Label>
      <Button className="input select-button">
        <SelectValue>
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <span className="arrow" aria-hidden>
          ▾
        </span>
      </Button>
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <Popover className="popover" offset={4}>
        <ListBox items={choices}>
          {(choice) => (
            <ListBoxItem className="option" id={choice.id} textValue={choice.label}>
              <span dir="auto">{choice.label}</span>
              {choice.detail && <span className="aside">{choice.detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

interface CheckProps {
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
  children: ReactNode;
}

export function Checkbox({ children, ...rest }: CheckProps) {
  return (
    <CheckboxField {...rest}>
      <CheckboxButton className="check">
        {({ isSelected }) => (
          <>
            <span className="box" aria-hidden>
              {isSelected ? '✓' : ''}
            </span>
            <span>{children}</span>
          </>
        )}
      </CheckboxButton>
    </CheckboxField>
  );
}
