import { PasswordInput, type PasswordInputProps } from '@mantine/core';

interface PasswordFieldProps extends Omit<PasswordInputProps, 'value' | 'onChange'> {
  value: string;
  onChange: (password: string) => void;
}

/** A password being typed: known to password managers by its name and purpose, told wrong where it is wrong. */
export function PasswordField({ onChange, error, name = 'password', autoComplete = 'current-password', ...rest }: PasswordFieldProps) {
  return (
    <PasswordInput
      {...rest} name={name} autoComplete={autoComplete} required withAsterisk={false} error={error} aria-invalid={error ? true : undefined}
      onChange={(event) => onChange(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
    />
  );
}
