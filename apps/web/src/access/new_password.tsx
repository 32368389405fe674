import type { PasswordInputProps } from '@mantine/core';
import { PasswordField } from './password_field';
import { passwordHint } from './password_hint';

interface NewPasswordProps extends Omit<PasswordInputProps, 'value' | 'onChange'> {
  value: string;
  onChange: (password: string) => void;
  hasSecondFactor?: boolean;
}

/** A password being chosen, with a bar for how far its length goes. */
export function NewPassword({ value, hasSecondFactor = false, ...rest }: NewPasswordProps) {
  const { tone, share, text } = passwordHint(value, hasSecondFactor);
  return (
    <PasswordField
      {...rest} value={value} name="new-password" autoComplete="new-password" inputWrapperOrder={['label', 'input', 'error', 'description']}
      description={
        <span className="password-hint" data-tone={tone}>
          <span className="password-bar" aria-hidden><span style={{ width: `${share * 100}%` }} /></span>
          {text}
        </span>
      }
    />
  );
}
