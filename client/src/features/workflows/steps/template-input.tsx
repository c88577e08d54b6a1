import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useRef } from 'react';
import { useField } from '../editor-context';

interface TemplateInputProps {
  anchor: string;
  label: string;
  /** The label is for those alone who can't see where it stands. */
  hideLabel?: boolean;
  placeholder: string;
  names: readonly string[];
  value: string;
  onChange: (value: string) => void;
}

/** One line with `{{ names }}` in it, which a menu puts where the cursor is. */
export function TemplateInput({ anchor, label, hideLabel, placeholder, names, value, onChange }: TemplateInputProps) {
  const field = useField(anchor);
  const input = useRef<HTMLInputElement>(null);
  const insert = (name: string) => {
    const text = `{{ ${name} }}`;
    const at = input.current?.selectionStart ?? value.length;
    onChange(value.slice(0, at) + text + value.slice(input.current?.selectionEnd ?? at));
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at + text.length, at + text.length);
    });
  };
  return (
    <TextInput
      {...field}
      ref={input}
      {...(hideLabel ? { 'aria-label': label } : { label })}
      placeholder={placeholder}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
      rightSection={
        names.length > 0 && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={`Insert a value into ${label}`} title="Insert a value">
                <IconBraces size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
              {names.map((name) => <Menu.Item key={name} onClick={() => insert(name)}><code>{name}</code></Menu.Item>)}
            </Menu.Dropdown>
          </Menu>
        )
      }
    />
  );
}
