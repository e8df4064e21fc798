import type { Point } from '../../mission/mission.ts'

/**
 * Every key of the designer, where it works, and what it is called. The handlers ask this list which key was pressed and the help
 * shows it, so that neither can know a key that the other does not. `Mod` is Ctrl, or Command on a Mac.
 */
export const shortcuts = {
  /** On the whole page, unless a text is being written. */
  page: {
    help: ['?'],
    find: ['Mod+k'],
    undo: ['Mod+z'],
    redo: ['Mod+Shift+z', 'Mod+y'],
    past: ['h'],
    copy: ['Mod+c'],
    cut: ['Mod+x'],
    paste: ['Mod+v'],
    duplicate: ['Mod+d'],
    selectAll: ['Mod+a'],
    note: ['n'],
    group: ['Mod+g'],
    hold: ['Mod+Shift+g'],
    save: ['Mod+s'],
  },
  /** On a card of the canvas that has the focus. */
  card: {
    go: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
    open: ['Enter', ' '],
    pick: ['Shift+Enter', 'Shift+ '],
    add: ['a', '+'],
    connect: ['c'],
    remove: ['Delete', 'Backspace'],
    along: ['Alt+ArrowUp', 'Alt+ArrowDown'],
    moveTo: ['m'],
    replace: ['r'],
    move: ['Alt+Shift+ArrowUp', 'Alt+Shift+ArrowDown', 'Alt+Shift+ArrowLeft', 'Alt+Shift+ArrowRight'],
    frame: ['f'],
    letGo: ['Escape'],
  },
  /** On a note that has the focus. */
  note: {
    write: ['Enter', ' '],
    move: ['Alt+ArrowUp', 'Alt+ArrowDown', 'Alt+ArrowLeft', 'Alt+ArrowRight'],
    resize: ['Alt+Shift+ArrowUp', 'Alt+Shift+ArrowDown', 'Alt+Shift+ArrowLeft', 'Alt+Shift+ArrowRight'],
    remove: ['Delete', 'Backspace'],
    letGo: ['Escape'],
  },
  /** On a sentence of the outline that has the focus. */
  line: {
    go: ['ArrowUp', 'ArrowDown'],
    out: ['ArrowLeft'],
    into: ['ArrowRight'],
    ends: ['Home', 'End'],
    open: ['Enter', ' '],
    add: ['a', '+'],
    connect: ['c'],
    along: ['Alt+ArrowUp', 'Alt+ArrowDown'],
    moveTo: ['m'],
    replace: ['r'],
    remove: ['Delete', 'Backspace'],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>

/** Where the arrow keys lead on the canvas. */
export const directions: Readonly<Record<string, Point>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
}

/** So far one press moves something that lies by hand, and so much larger it makes a note. Points of the canvas. */
export const nudge = 10

/** Where keys work. */
export type Where = keyof typeof shortcuts

/** What the keys of a place do. */
export type Shortcut<Place extends Where> = Extract<keyof (typeof shortcuts)[Place], string>

/** What of a key event decides; both React's and the page's own events have it. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** What a pressed key does in a place; undefined when it does nothing there. */
export function pressed<Place extends Where>(event: KeyPress, place: Place): Shortcut<Place> | undefined {
  const stroke = strokeOf(event)
  for (const name in shortcuts[place]) {
    const strokes: readonly string[] = keysOf(place, name)
    if (strokes.includes(stroke)) return name
  }
  return undefined
}

/** The keys that do something in a place, such as `Mod+Shift+z`. */
export function keysOf<Place extends Where>(place: Place, name: Shortcut<Place>): readonly string[] {
  const keys: Record<string, readonly string[]> = shortcuts[place]
  return keys[name] ?? []
}

function strokeOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const plain = key.length === 1 ? key.toLowerCase() : key
  // Where "?" and "+" lie depends on the keyboard: on many, Shift is what makes them.
  const isSign = plain.length === 1 && !/[a-z ]/.test(plain)
  return [ctrlKey || metaKey ? 'Mod' : '', altKey ? 'Alt' : '', shiftKey && !isSign ? 'Shift' : '', plain]
    .filter((part) => part !== '')
    .join('+')
}
