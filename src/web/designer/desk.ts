import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DocumentFault, Mission, Point } from '../../mission/mission.ts'
import type { Compared } from './canvas/compared.ts'
import type { Spot } from './draft/spot.ts'
import type { Other } from './others/others.ts'
import type { Showing } from './review/track.ts'

/** Something to add: a kind of trigger or step. */
export interface Offer {
  role: 'trigger' | 'step'
  type: string
}

/** What the side panel shows. */
export type SidePanel = 'settings' | 'outline' | 'problems' | 'versions'

/** What a card or a line is, compared with how it was. */
export type Mark = 'added' | 'changed' | 'removed'

/** Where something opens on the screen, in CSS pixels of the window. */
export interface Place {
  left: number
  top: number
  width: number
  height: number
}

/** What is open, carried or pointed at; nothing of it is kept. */
export interface DeskState {
  side: SidePanel
  /** The list of things to add, open for a spot. Opened by a key, what is added gets the cursor: nobody has a hand on the mouse. */
  adding: { spot: Spot; place: Place; byKey?: boolean } | undefined
  /** What is being dragged from the palette, and where it would land. */
  carrying: { offer: Offer; title: string; icon: string; pointer: Point; over: Spot | undefined } | undefined
  /** The name on the canvas of the line or open end, or the id of the card, that a dragged thing is over. */
  pointedAt: string | undefined
  /** The list of steps to connect an exit to. */
  connecting: { from: string; exit: string; place: Place } | undefined
  /** The list of what can take a step's place. */
  replacing: { id: string; place: Place } | undefined
  /** Steps that shall become a mission of their own, or be put into a *for each*: asked about, or told why not. */
  grouping: { ids: readonly string[]; as: 'mission' | 'each' } | undefined
  /** The list of places to which a step, or steps that follow one another, can be moved. */
  relocating: { ids: readonly string[]; place: Place } | undefined
  /** The choice of what a step waits for, open at its chip. */
  meeting: { id: string; place: Place } | undefined
  /** A line picked by a click. */
  line: string | undefined
  /** Cards just added and still being filled in: what is empty there is no reproach yet. */
  fresh: readonly string[]
  /** Setting that has the attention: a problem was clicked. Counts so that a second click counts too. */
  wanted: { id: string; setting: string; count: number } | undefined
  /** Two documents that are being compared; the canvas shows both as one picture then. */
  compared: Compared | undefined
  /** Brings a card into view. Counts so that the same card can be asked for twice. */
  shown: { id: string; count: number }
  /** A mission that has taken the place of the one that was open, until its picture is drawn and the view begins anew with it. */
  begun: Mission | undefined
  /** Cards whose frames the viewer has closed, or opened where they are closed at first. */
  toggled: ReadonlySet<string>
  /** How it comes to a problem, being shown on the canvas. */
  walk: Showing | undefined
  /** A file that was no mission, and why. */
  badFile: { name: string; faults: readonly DocumentFault[] } | undefined
  /** The note that is being written on the canvas. */
  writing: string | undefined
  /** All keys are being shown. */
  helping: boolean
  /** Who else has this draft open, tab by tab. */
  others: readonly Other[]
  /** Runs in older versions are being looked at, to be moved. */
  moving: boolean
  /** All that was done is being shown. */
  past: boolean
  /** The list of everything that can be added, gone to or done is open. */
  finding: boolean
  /** Somebody is about to publish. */
  publishing: boolean
  /** The mission is about to be saved as a template, as it was when that was asked for. */
  sharing: Mission | undefined
  /** Somebody is about to take the mission down. */
  unpublishing: boolean
  /** Somebody is being shown around. */
  touring: boolean
}

/** The store of what is open on the desk. */
export type Desk = StoreApi<DeskState>

/** A desk with nothing on it but what its viewer has opened and closed on the canvas. */
export function openDesk(toggled: ReadonlySet<string> = new Set()): Desk {
  return createStore<DeskState>()(() => ({
    toggled,
    side: 'settings',
    adding: undefined,
    carrying: undefined,
    pointedAt: undefined,
    connecting: undefined,
    grouping: undefined,
    relocating: undefined,
    replacing: undefined,
    meeting: undefined,
    line: undefined,
    fresh: [],
    wanted: undefined,
    compared: undefined,
    shown: { id: '', count: 0 },
    begun: undefined,
    walk: undefined,
    badFile: undefined,
    writing: undefined,
    helping: false,
    moving: false,
    others: [],
    past: false,
    finding: false,
    publishing: false,
    sharing: undefined,
    unpublishing: false,
    touring: false,
  }))
}

/** Asks the canvas to bring a card into view. */
export function show(desk: Desk, id: string): void {
  desk.setState(({ shown }) => ({ shown: { id, count: shown.count + 1 } }))
}

/** Stands for all settings of a card as JSON, where the name of a setting is asked for; none begins so. */
export const rawSetting = '/json'

/** Shows a card's settings and puts the cursor into one of them, or into the first. */
export function showSettings(desk: Desk, id: string, setting = ''): void {
  desk.setState(({ wanted }) => ({ side: 'settings', wanted: { id, setting, count: (wanted?.count ?? 0) + 1 } }))
}

/** Where an element is on the screen. */
export function placeOf(element: Element): Place {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { left, top, width, height }
}
