/** The icons that triggers and actions name, by that name: made by the plugin in vite.config.ts. */
declare module 'virtual:icons' {
  import type { ComponentType } from 'react'
  import type { IconProps } from '@tabler/icons-react'

  export const icons: Readonly<Record<string, ComponentType<IconProps>>>
}
