import { type CSSVariablesResolver, createTheme, darken, lighten, type MantineColorsTuple } from '@mantine/core'
import { m } from '#messages'

/** The one accent colour: violet-blue. White on shade 6 has a contrast of 5.4:1, shade 4 on the dark page 6:1. */
const iris: MantineColorsTuple = [
  '#f3f3ff',
  '#e5e5fd',
  '#cfcefa',
  '#b3b1f6',
  '#9a98f0',
  '#7a78e6',
  '#5b5bd6',
  '#4f4cc4',
  '#423faa',
  '#35328a',
]

/** Greys of the dark screens, with a breath of the accent's blue: text, quiet text, borders, fields, page. */
const dark: MantineColorsTuple = [
  '#dcdde3',
  '#b8bac4',
  '#a3a6b1',
  '#7b7f8c',
  '#3d4049',
  '#31343c',
  '#26282f',
  '#17181c',
  '#121317',
  '#0d0e11',
]

/** The look of every screen. A function, because names that screen readers say depend on the language chosen by then. */
export function makeTheme() {
  return createTheme({
    primaryColor: 'iris',
    primaryShade: { light: 6, dark: 6 },
    colors: { iris, dark },
    // Text on filled buttons of any colour is black or white, whichever reaches 4.5:1 (they swap at a luminance of 0.179).
    autoContrast: true,
    luminanceThreshold: 0.179,
    fontFamily: '-apple-system, BlinkMacSystemFont, "Segoe UI Variable", "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, sans-serif',
    fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
    fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
    headings: {
      fontWeight: '600',
      sizes: {
        h1: { fontSize: '1.5rem', lineHeight: '1.3' },
        h2: { fontSize: '1.1875rem', lineHeight: '1.35' },
        h3: { fontSize: '1rem', lineHeight: '1.4' },
      },
    },
    defaultRadius: 'md',
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: {
      // By name: `Tooltip.extend` would bring the tooltip and its positioning (25 KB) into the first page.
      Button: { defaultProps: { loaderProps: { size: 12 } } },
      CloseButton: { defaultProps: { 'aria-label': m.shell_close() } },
      Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.45 } }, styles: { title: { fontSize: '1.1875rem', fontWeight: 600 } } },
      Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    },
  })
}

/** Mantine's own greys and tinted texts miss AA in places; these reach 4.5:1 on the page and on a tinted ground. */
export const accessibleColors: CSSVariablesResolver = (theme) => {
  const light: Record<string, string> = {
    '--mantine-color-dimmed': '#5c626b',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-error': '#c4242b',
    '--app-page': '#ffffff',
    '--app-side': '#f7f7f9',
    '--app-line': '#e4e5ea',
    '--app-raised': '#ffffff',
    '--app-hover': '#eeeef3',
  }
  const night: Record<string, string> = {
    '--mantine-color-dimmed': '#a3a6b1',
    '--mantine-color-placeholder': '#8d919d',
    '--mantine-color-error': '#ff8f8f',
    '--app-page': '#17181c',
    '--app-side': '#1c1d22',
    '--app-line': '#2f3138',
    '--app-raised': '#202127',
    '--app-hover': '#282a31',
  }
  for (const [name, shades] of Object.entries(theme.colors)) {
    if (name === 'dark') continue
    light[`--mantine-color-${name}-light-color`] = name === 'iris' ? shades[7] : darken(shades[9], 0.25)
    night[`--mantine-color-${name}-light-color`] = lighten(shades[2], 0.1)
    light[`--mantine-color-${name}-outline`] = name === 'iris' ? shades[7] : darken(shades[9], 0.25)
    night[`--mantine-color-${name}-outline`] = lighten(shades[3], 0.1)
  }
  return { variables: {}, light, dark: night }
}
