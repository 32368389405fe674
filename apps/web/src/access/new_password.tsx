import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { passwordHint } from './password_hint';

interface NewPasswordProps extends Omit<PasswordInputProps, 'value' | 'onChange'> {
  value: string;
  onChange: (password: string) => void;
  hasSecondFactor?: boolean;
}

/** A password being chosen, with a bar for how far its length goes. */
export function NewPassword({ value, onChange, hasSecondFactor = false, ...rest }: NewPasswordProps) {
  const hint = passwordHint(value, hasSecondFactor);
  return (
    <div>
      <PasswordInput
        {...rest} name="new-password" autoComplete="new-password" required withAsterisk={false} value={value} onChange={(event) => onChange(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }} aria-describedby="password-hint"
      />
      <div className="password-bar" data-tone={hint.tone} aria-hidden><span style={{ width: `${hint.share * 100}%` }} /></div>
      <p className="password-hint" id="password-hint" data-tone={hint.tone}>{hint.text}</p>
    </div>
  );
}
