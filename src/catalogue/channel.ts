import type { ChannelRef } from '../platforms/platform.ts'
import type { ChannelSetting } from './services.ts'

const plainName = (name: string) => name.trim().replace(/^#/, '').toLowerCase()

/** True when a setting means this channel: by id, or by name with or without #. No setting means any channel. */
export function meansChannel(setting: ChannelSetting | undefined, channel: ChannelRef): boolean {
  if (setting === undefined || setting === '') return true
  const written = typeof setting === 'string' ? setting : setting.id
  return written === channel.id || plainName(written) === plainName(channel.name)
}
