import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef0ff', '#dfe3ff', '#c3caff', '#a5affa', '#8b97f5', '#6a76e8', '#4f5bd5', '#434eba', '#373f97', '#2b3275',
];
const gray: MantineColorsTuple = [
  '#f8f8f9', '#f2f2f4', '#e8e8eb', '#dcdce0', '#c9c9cf', '#a3a3ac', '#74747e', '#55555e', '#37373e', '#1d1d21',
];
const dark: MantineColorsTuple = [
  '#d6d6da', '#bcbcc3', '#9d9da6', '#71717a', '#45454c', '#34343a', '#26262b', '#1a1a1e', '#151518', '#0f0f11',
];

export const theme = createTheme({
  colors: { accent, gray, dark },
  primaryColor: 'accent',
  primaryShade: 6,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '16px', lineHeight: '24px' },
      h2: { fontSize: '14px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Anchor: { defaultProps: { underline: 'always' } },
    InputWrapper: { styles: { label: { marginBottom: 4 } } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', transitionProps: { duration: 100 }, closeButtonProps: { 'aria-label': 'Close' } },
      styles: { title: { fontSize: 16, fontWeight: 600, lineHeight: '24px' } },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } },
    SegmentedControl: { styles: { root: { backgroundColor: 'var(--pp-neutral-bg)' } } },
    // The placeholder that Mantine focuses first is no child that a menu may have.
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md', withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 80 } } },
    Select: { defaultProps: { comboboxProps: { transitionProps: { duration: 80 } } } },
    Drawer: { defaultProps: { transitionProps: { duration: 120 } } },
  },
});

/** Text that is meant to recede still has AA contrast on every surface that it stands on. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--pp-rail-width': '216px',
    '--pp-header-height': '56px',
  },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1d1d21',
    '--mantine-color-dimmed': '#5f5f69',
    '--mantine-color-placeholder': '#74747e',
    '--mantine-color-anchor': '#434eba',
    '--mantine-color-error': '#c01c2b',
    '--mantine-color-default-border': '#d0d0d6',
    '--pp-surface': '#f8f8f9',
    '--pp-raised': '#ffffff',
    '--pp-hover': '#f2f2f4',
    '--pp-selected': '#eef0ff',
    '--pp-line': '#e4e4e8',
    '--pp-code': '#f6f6f8',
    '--pp-accent-text': '#434eba',
    '--pp-info': '#2457c5',
    '--pp-info-bg': '#eaf1ff',
    '--pp-success': '#17703a',
    '--pp-success-bg': '#e7f6ec',
    '--pp-warning': '#8a5200',
    '--pp-warning-bg': '#fff3dc',
    '--pp-danger': '#b3192a',
    '--pp-danger-bg': '#fdecee',
    '--pp-added-line': '#e9f7ee',
    '--pp-added-word': '#b5e6c5',
    '--pp-removed-line': '#fdeeef',
    '--pp-removed-word': '#f9c4c9',
    '--pp-neutral': '#55555e',
    '--pp-neutral-bg': '#f0f0f2',
  },
  dark: {
    '--mantine-color-body': '#151518',
    '--mantine-color-text': '#ececef',
    '--mantine-color-dimmed': '#a4a4ad',
    '--mantine-color-placeholder': '#8d8d97',
    '--mantine-color-anchor': '#a5affa',
    '--mantine-color-error': '#ff8b93',
    '--mantine-color-default': '#1f1f23',
    '--mantine-color-default-hover': '#28282d',
    '--mantine-color-default-border': '#3b3b42',
    '--pp-surface': '#101012',
    '--pp-raised': '#1a1a1e',
    '--pp-hover': '#222226',
    '--pp-selected': '#262a4d',
    '--pp-line': '#2b2b31',
    '--pp-code': '#1c1c20',
    '--pp-accent-text': '#a5affa',
    '--pp-info': '#8fb4ff',
    '--pp-info-bg': '#1a2744',
    '--pp-success': '#6fd394',
    '--pp-success-bg': '#143021',
    '--pp-warning': '#f2bd62',
    '--pp-warning-bg': '#36280f',
    '--pp-danger': '#ff949c',
    '--pp-danger-bg': '#3d1a1f',
    '--pp-added-line': '#12281c',
    '--pp-added-word': '#1f5636',
    '--pp-removed-line': '#30181c',
    '--pp-removed-word': '#6a2730',
    '--pp-neutral': '#b4b4bc',
    '--pp-neutral-bg': '#28282d',
  },
});
