import { TextInput, type TextInputProps } from '@mantine/core';
import { useTypedDecimal } from './typed_decimal';

interface DecimalInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string;
  decimals: number;
  onChange: (value: string) => void;
}

export function DecimalInput({ value, decimals, onChange, ...rest }: DecimalInputProps) {
  const typed = useTypedDecimal(value, decimals, onChange);
  return <TextInput {...rest} {...typed} inputMode="decimal" autoComplete="off" classNames={{ input: 'number-input' }} />;
}
