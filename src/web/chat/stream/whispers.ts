import { create } from 'zustand'

/** Something only the one at this screen is told. */
export interface Whisper {
  text: string
  /** Whether what they did was taken. */
  accepted: boolean
}

interface Whispers {
  /** By the message or place it stands at. */
  byPlace: Readonly<Record<string, Whisper>>
  tell(place: string, whisper: Whisper): void
  forget(place: string): void
}

/** What one was told privately in this tab: next to the message whose button one pressed, or below what one wrote. */
export const useWhispers = create<Whispers>()((set) => ({
  byPlace: {},
  tell: (place, whisper) => set(({ byPlace }) => ({ byPlace: { ...byPlace, [place]: whisper } })),
  forget: (place) =>
    set(({ byPlace }) => {
      const { [place]: _, ...others } = byPlace
      return { byPlace: others }
    }),
}))
