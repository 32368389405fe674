import { createTheme, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#e8f3f7', '#d3e5ec', '#a6cad8', '#76adc3', '#5096b1', '#3887a6', '#2a7e9f', '#1b6c8b', '#17627d', '#0a5169',
];

const slate: MantineColorsTuple = [
  '#d5dae0', '#b3bbc5', '#98a2ae', '#6b7683', '#3d4651', '#323a44', '#262d35', '#1b2027', '#14181e', '#0e1115',
];

const control = { defaultProps: { size: 'xs' } };

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  colors: { petrol, dark: slate },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12.5px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  headings: { fontWeight: '620' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' }, styles: { root: { fontWeight: 560 } } },
    TextInput: control,
    PasswordInput: control,
    Textarea: control,
    NativeSelect: control,
    InputBase: control,
    Checkbox: control,
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, fz: 'xs', multiline: true, maw: 320 } },
    Badge: { defaultProps: { radius: 'sm', tt: 'none', fw: 560, variant: 'light', size: 'md' } },
    Alert: { defaultProps: { radius: 'sm', variant: 'light' } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', transitionProps: { duration: 80 } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
  },
});
