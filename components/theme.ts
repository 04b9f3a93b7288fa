/** The one theme: Mantine's colours, sizes and defaults, made from the tokens of `theme.css`. No component holds a colour of its own. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = ['#eef2f7', '#dce4ee', '#b7c7db', '#8fa9c8', '#6c8db6', '#4f74a2', '#365a88', '#1f3a5f', '#182e4c', '#11223a'];
const live: MantineColorsTuple = ['#e8f3ed', '#cfe6d9', '#a3cfb7', '#74b793', '#4c9f74', '#2a8256', '#25804f', '#1e7a4c', '#17603c', '#10472c'];
const danger: MantineColorsTuple = ['#fcedec', '#f8d5d3', '#f0aaa6', '#ea8a84', '#dd5b53', '#ca3b33', '#bd2c24', '#b3261e', '#8f1e18', '#6c1712'];
const warning: MantineColorsTuple = ['#fbf3e2', '#f5e3bf', '#ebc982', '#dfae4d', '#c68f24', '#976a0c', '#966604', '#8a5a00', '#6b4600', '#4d3200'];
/** Mantine's own dark scale, turned to our ground, surface and lines. */
const dark: MantineColorsTuple = ['#e6e8ec', '#c6cad2', '#a2a8b4', '#7d8491', '#3a404b', '#2c3038', '#22262e', '#1b1e24', '#14161a', '#0f1114'];

export const theme = createTheme({
  colors: { ink, live, danger, warning, dark },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 5 },
  white: '#ffffff',
  black: '#1b1d22',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.35' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'sm',
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '20px', lineHeight: '28px' }, h2: { fontSize: '16px', lineHeight: '24px' }, h3: { fontSize: '14px', lineHeight: '20px' } } },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.4 } } },
    Drawer: { defaultProps: { transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, shadow: 'sm', transitionProps: { duration: 80 }, position: 'bottom-end' } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 80 } } },
    SegmentedControl: { defaultProps: { role: 'radiogroup' } },
    Paper: { defaultProps: { withBorder: true } },
    Badge: { defaultProps: { variant: 'light', radius: 'xs', tt: 'none', fw: 500 } },
    Tabs: { defaultProps: { keepMounted: false } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});

const tokens = (scheme: 'light' | 'dark'): Record<string, string> => ({
  '--mantine-color-body': 'var(--ground)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--quiet)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-placeholder': 'var(--quiet)',
  '--mantine-color-anchor': 'var(--link)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-disabled': 'var(--hover)',
  '--mantine-color-disabled-color': 'var(--quiet)',
  '--mantine-color-gray-light-color': 'var(--text)',
  '--mantine-color-dark-light-color': 'var(--text)',
  ...(scheme === 'dark' ? { '--mantine-color-ink-light-color': '#b7c7db', '--mantine-color-live-light-color': '#74b793', '--mantine-color-danger-light-color': '#f0aaa6', '--mantine-color-warning-light-color': '#ebc982' }
    : { '--mantine-color-live-light-color': '#17603c', '--mantine-color-danger-light-color': '#8f1e18', '--mantine-color-warning-light-color': '#6b4600', '--mantine-color-ink-light-color': '#1f3a5f' }),
});

export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: tokens('light'), dark: tokens('dark') });
